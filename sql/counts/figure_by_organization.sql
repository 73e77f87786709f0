-- Title: Each figure in each organization
-- Grain: one row per figure and organization with units in the denominator
-- Reads: figure_by_cluster
-- Counts: numerator and denominator in units: IAM users, or accounts
-- Unknown: n_unknown of the denominator could be in the numerator; is_known: they are at most 5 % of it
-- Why: rates of organizations are compared only where they are known
select
    figure_id,
    practice_id,
    org_id,
    cast(sum(numerator) as bigint) as numerator,
    cast(sum(denominator) as bigint) as denominator,
    cast(sum(n_unknown) as bigint) as n_unknown,
    sum(n_unknown) * 20 <= sum(denominator) as is_known
from figure_by_cluster
group by figure_id, practice_id, org_id
