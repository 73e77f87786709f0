-- Title: Every rate in each cluster
-- Grain: one row per rate and cluster: an organization, or an account where the reader chose accounts
-- Reads: figure_by_cluster, ruleset_by_cluster, mart_panel_cluster
-- Counts: numerator and denominator; kind is figure, rule (units under test), rule_user (users) or panel; rate_id is the figure, ruleset/practice/rule, or the practice of the panel; position is that of the compared date, 0 without one
-- Unknown: n_unknown of the denominator could be in the numerator
-- Why: intervals and the decision to print a rate are computed once, in mart_rate
select
    'figure' as kind,
    figure_id as rate_id,
    0 as position,
    org_id,
    account_id,
    numerator,
    denominator,
    n_unknown
from figure_by_cluster
union all
select 'rule', ruleset_id || '/' || practice_id || '/' || rule, 0, org_id, account_id, numerator, denominator, n_unknown
from ruleset_by_cluster
union all
select 'rule_user', ruleset_id || '/' || practice_id || '/' || rule, 0, org_id, account_id, n_users_in_violation, n_users, n_users_unknown
from ruleset_by_cluster
union all
select 'panel', practice_id, position, org_id, account_id, numerator, denominator, n_unknown
from mart_panel_cluster
