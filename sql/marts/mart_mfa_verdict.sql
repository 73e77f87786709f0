-- Title: What service control policies enforce, by verdict
-- Grain: one row per verdict
-- Reads: mfa_verdict, stg_snapshot, user_count
-- Counts: accounts, and their console users without an MFA device
-- Unknown: verdict unknown: the snapshots do not tell
-- Why: a policy blocks calls, it does not assign a device: the two are counted separately
select
    m.verdict,
    count(distinct s.snapshot_id) as n_accounts,
    cast(coalesce(sum(u.n_users), 0) as bigint) as n_without_device
from mfa_verdict m
join stg_snapshot s on s.org_id = m.org_id and s.account_id = m.account_id
left join user_count u on u.snapshot_id = s.snapshot_id and u.has_password and not u.has_mfa
where s.is_current
group by m.verdict
