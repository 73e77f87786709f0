-- Title: Console users by MFA device and enforcement
-- Grain: one row
-- Reads: user_count, stg_snapshot, mfa_verdict
-- Counts: console users, those without a device, and of these those that a service control policy covers, does not cover, or may cover
-- Unknown: n_enforcement_unknown: no device, and unknown what the organization enforces
-- Why: definitions, "console_mfa": the rate is between the two bounds
with users as (
    select u.n_users, u.has_mfa, m.is_mfa_enforced
    from user_count u
    join stg_snapshot s on s.snapshot_id = u.snapshot_id
    join mfa_verdict m on m.org_id = s.org_id and m.account_id = s.account_id
    where s.is_current and u.has_password
)

select
    cast(coalesce(sum(n_users), 0) as bigint) as n_console_users,
    cast(coalesce(sum(n_users) filter (where not has_mfa), 0) as bigint) as n_without_device,
    cast(coalesce(sum(n_users) filter (where not has_mfa and is_mfa_enforced), 0) as bigint) as n_covered,
    cast(coalesce(sum(n_users) filter (where not has_mfa and not is_mfa_enforced), 0) as bigint) as n_not_covered,
    cast(coalesce(sum(n_users) filter (where not has_mfa and is_mfa_enforced is null), 0) as bigint) as n_enforcement_unknown,
    cast(coalesce(sum(n_users) filter (where has_mfa is null), 0) as bigint) as n_device_unknown
from users
