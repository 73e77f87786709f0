-- Title: Agreement with AWS Config, counted
-- Grain: one row per practice and outcome
-- Reads: mart_config_agreement
-- Counts: users
-- Unknown: the outcomes "unknown to us" and "unknown to AWS Config"
-- Why: how often two methods agree
select
    practice_id,
    outcome,
    count(*) as n_users
from mart_config_agreement
group by practice_id, outcome
