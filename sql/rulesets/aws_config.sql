-- Title: AWS Config managed rules
-- Order: 3
-- Grain: one row per rule and IAM user that the rule speaks of
-- Reads: stg_user, stg_access_key, access_key, stg_snapshot
-- Counts: users that would be NON_COMPLIANT with the default parameters maxAccessKeyAge 90 and maxCredentialUsageAge 90
-- Unknown: what the documentation leaves open: a user whose only credentials at fault were never used
-- Why: what an account sees without a tool of others. AWS evaluates at a time of its own; here ages are those at the time of the snapshot
-- Source: AWS Config Developer Guide, pages mfa-enabled-for-iam-console-access, access-keys-rotated, iam-user-unused-credentials-check; AWS does not publish the rules' code
-- Differs console_mfa: of users with a password those without a device; no service control policy counts. What a user without a password becomes is not documented: they are left out here
-- Differs no_initial_key: there is no managed rule
-- Differs one_active_key: there is no managed rule
-- Differs key_rotation: a user with an active key older than 90 d; users without an active key are left out here
-- Differs unused_user: one enabled password or active key unused for more than 90 d is enough, whatever else the user uses. Whether a credential that was never used is unused is not documented: such users are unknown, unless another credential decides
with credentials as (
    select
        u.snapshot_id,
        u.user_id,
        u.has_password as is_enabled,
        case when i.password_last_used_at is not null then u.password_idle_s end as idle_s
    from stg_user u
    join iam_user i on i.user_id = u.user_id
    where u.has_password is null or u.has_password
    union all
    select
        k.snapshot_id,
        k.user_id,
        k.is_active,
        case when a.last_used_at is not null then k.idle_s end
    from stg_access_key k
    join access_key a on a.user_id = k.user_id and a.slot = k.slot
),

tests as (
    select
        'console_mfa' as practice_id,
        'mfa-enabled-for-iam-console-access' as rule,
        snapshot_id,
        user_id,
        has_password and not has_mfa as is_violation
    from stg_user
    where has_password is null or has_password
    union all
    select 'key_rotation', 'access-keys-rotated', snapshot_id, user_id, is_active and age_s > 90 * 86400
    from stg_access_key
    union all
    select 'unused_user', 'iam-user-unused-credentials-check', snapshot_id, user_id, is_enabled and idle_s > 90 * 86400
    from credentials
)

select
    'aws_config' as ruleset_id,
    practice_id,
    rule,
    'user' as unit,
    snapshot_id,
    user_id,
    cast(null as tinyint) as slot,
    case
        when count(*) filter (where is_violation) > 0 then true
        when count(*) filter (where is_violation is null) = 0 then false
    end as is_violation
from tests
group by practice_id, rule, snapshot_id, user_id
