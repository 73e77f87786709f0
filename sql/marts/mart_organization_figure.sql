-- Title: Each figure in each organization, and in all of them
-- Grain: one row per figure and organization with units in the denominator; org_id '' is all organizations
-- Reads: figure_by_organization
-- Counts: numerator and denominator in units: IAM users, or accounts
-- Unknown: n_unknown of the denominator could be in the numerator
-- Why: the rates of one organization, to compare with a population
select
    figure_id,
    org_id,
    numerator,
    denominator,
    n_unknown
from figure_by_organization
union all
select
    figure_id,
    '',
    cast(sum(numerator) as bigint),
    cast(sum(denominator) as bigint),
    cast(sum(n_unknown) as bigint)
from figure_by_organization
group by figure_id
