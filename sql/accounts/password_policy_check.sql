-- Title: Password policies
-- Grain: one row per check and account
-- Reads: stg_snapshot, document, password_policy, scope, setting
-- Counts: accounts without a policy of their own, and those whose policy asks for less than CIS does; without a policy AWS's default holds: 8 characters, no reuse rule, no expiry
-- Unknown: accounts whose password policy is not in the snapshots
-- Why: CIS Amazon Web Services Foundations Benchmark: 1.8 length and 1.9 reuse (1.4 and later), 1.5 to 1.8 character kinds and 1.11 expiry (1.2)
with policies as (
    select
        org_id,
        account_id,
        is_set,
        minimum_length,
        require_symbols and require_numbers and require_uppercase and require_lowercase as is_complex,
        max_age_days,
        reuse_prevention
    from (
        select
            d.org_id,
            d.account_id,
            p.*,
            row_number() over (partition by d.org_id, d.account_id order by d.captured_at desc, d.document_id desc) as newness
        from password_policy p
        join document d on d.document_id = p.document_id
        cross join scope
        where scope.as_of is null or d.captured_at <= scope.as_of
    ) ranked
    where newness = 1
),

accounts as (
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
    left join policies p on p.org_id = s.org_id and p.account_id = s.account_id
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
