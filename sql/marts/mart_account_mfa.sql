-- Title: What service control policies enforce on each account
-- Grain: one row per organization and account with a snapshot
-- Reads: mfa_verdict, stg_snapshot
-- Counts: the verdict; state_at is the time of the state of the AWS Organization, captured_at that of the snapshot, days_apart the days between them
-- Unknown: is_mfa_enforced is NULL where the snapshots do not tell; aws_org_id and state_at are NULL where no AWS Organization names the account
-- Why: to explain the verdict on one account
select
    m.org_id,
    m.account_id,
    m.verdict,
    m.is_mfa_enforced,
    m.aws_org_id,
    m.state_at,
    s.captured_at,
    abs(date_diff('second', m.state_at, s.captured_at)) / 86400.0 as days_apart
from mfa_verdict m
left join stg_snapshot s on s.org_id = m.org_id and s.account_id = m.account_id and s.is_current
