-- Title: Password policies
-- Threshold: password_policy.length = 14 characters; minimum length of passwords (CIS 1.8)
-- Threshold: password_policy.reuse = 24 passwords; number of passwords that cannot be reused (CIS 1.9)
-- Threshold: password_policy.max_age = 90 d; maximum age of passwords (CIS 1.2, 1.11; NIST SP 800-63B advises against it)
-- Check password_policy.not_set: No password policy: AWS's default applies
-- Check password_policy.short: Passwords shorter than {password_policy.length} allowed
-- Check password_policy.simple: Not all four character types required
-- Check password_policy.reuse: Fewer than {password_policy.reuse} remembered
-- Check password_policy.no_expiry: No expiry within {password_policy.max_age}
-- Grain: one row per check and account
-- Reads: stg_snapshot, stg_password_policy, setting
-- Counts: accounts without a policy of their own, and those whose policy demands less than CIS does; without a policy AWS's default applies: 8 characters, no reuse rule, no expiry
-- Unknown: accounts whose password policy is not in the snapshots
-- Why: CIS Amazon Web Services Foundations Benchmark: 1.8 length and 1.9 reuse (1.4 and later), 1.5 to 1.8 character types and 1.11 expiry (1.2)
with accounts as (
    select
        s.org_id,
        s.account_id,
        p.is_set,
        p.minimum_length,
        p.is_complex,
        p.max_age_days,
        p.reuse_prevention,
        length.value as length,
        reuse.value as reuse,
        age.value as age
    from stg_snapshot s
    left join stg_password_policy p on p.org_id = s.org_id and p.account_id = s.account_id
    join setting length on length.setting_id = 'password_policy.length'
    join setting reuse on reuse.setting_id = 'password_policy.reuse'
    join setting age on age.setting_id = 'password_policy.max_age'
    where s.is_current
)

select 'password_policy.not_set' as figure_id, org_id, account_id, not is_set as verdict
from accounts
union all
select 'password_policy.short', org_id, account_id, not is_set or minimum_length < length
from accounts
union all
select 'password_policy.simple', org_id, account_id, not is_set or not is_complex
from accounts
union all
select 'password_policy.reuse', org_id, account_id, not is_set or reuse_prevention < reuse
from accounts
union all
select 'password_policy.no_expiry', org_id, account_id, not is_set or max_age_days = 0 or max_age_days > age
from accounts
