-- Title: How the violations of each figure spread over organizations
-- Grain: one row per figure with violations
-- Reads: figure_by_organization
-- Counts: n_effective, the number of organizations of equal weight: the square of the sum of numerators over the sum of their squares; 1 where one organization has all violations
-- Unknown: counts as no violation, as in the rates
-- Why: a rate that speaks of one organization more than of the others is not published
select
    figure_id,
    cast(sum(numerator) as double) * sum(numerator) / sum(cast(numerator as double) * numerator) as n_effective
from figure_by_organization
where numerator > 0
group by figure_id
