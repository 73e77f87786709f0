-- Title: Each figure in each cluster, the sampling unit of intervals
-- Grain: one row per figure and cluster with units in the denominator; a cluster is an organization, or an account where the reader chose accounts
-- Reads: figure_part
-- Counts: numerator and denominator in units: IAM users, or accounts; account_id is '' where the cluster is the whole organization
-- Unknown: n_unknown of the denominator could be in the numerator; an inconsistent cluster is left out
-- Why: units of one cluster are alike, so totals, spreads and intervals are computed from this table
select
    figure_id,
    practice_id,
    org_id,
    account_id,
    numerator,
    denominator,
    n_unknown
from figure_part
where numerator + n_unknown <= denominator
