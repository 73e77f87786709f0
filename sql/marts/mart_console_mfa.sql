-- Title: Console users by MFA device and by what enforces MFA
-- Grain: one row
-- Reads: stg_user, stg_snapshot, mfa_verdict
-- Counts: console users, those without a device, and of these those that a service control policy covers, does not cover, may cover
-- Unknown: n_enforcement_unknown: no device, and nobody knows what the organization enforces
-- Why: definitions, "console_mfa": nothing is subtracted in silence; between the two bounds lies the truth
select
    count(*) filter (where u.has_password) as n_console_users,
    count(*) filter (where u.has_password and not u.has_mfa) as n_without_device,
    count(*) filter (where u.has_password and not u.has_mfa and m.is_mfa_enforced) as n_covered,
    count(*) filter (where u.has_password and not u.has_mfa and not m.is_mfa_enforced) as n_not_covered,
    count(*) filter (where u.has_password and not u.has_mfa and m.is_mfa_enforced is null) as n_enforcement_unknown,
    count(*) filter (where u.has_password and u.has_mfa is null) as n_device_unknown
from stg_user u
join stg_snapshot s on s.snapshot_id = u.snapshot_id
join mfa_verdict m on m.org_id = s.org_id and m.account_id = s.account_id
where s.is_current
