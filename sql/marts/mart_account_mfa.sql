-- Title: What service control policies enforce on each account
-- Grain: one row per organization and account with a snapshot
-- Reads: mfa_verdict
-- Counts: the verdict
-- Unknown: is_mfa_enforced is NULL where the snapshots do not tell
-- Why: to explain the verdict on one account
select
    org_id,
    account_id,
    verdict,
    is_mfa_enforced
from mfa_verdict
