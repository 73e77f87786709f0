-- Title: AWS Config managed rules
-- Order: 3
-- Grain: one row per rule and row of user_kind that it checks
-- Reads: user_kind
-- Counts: users that would be NON_COMPLIANT with the default parameters maxAccessKeyAge 90 and maxCredentialUsageAge 90
-- Unknown: what the documentation does not define: a user whose only suspect credentials were never used
-- Why: what AWS itself reports. AWS Config evaluates at its own time; here ages are measured at the time of the snapshot
-- Source: AWS Config Developer Guide, pages mfa-enabled-for-iam-console-access, access-keys-rotated, iam-user-unused-credentials-check; AWS does not publish the rules' code
-- Differs console_mfa: users with a password and without a device; service control policies do not count. The result for a user without a password is not documented: they are left out here
-- Differs no_initial_key: there is no managed rule
-- Differs one_active_key: there is no managed rule
-- Differs key_rotation: a user with an active key older than 90 d; users without an active key are left out here
-- Differs unused_user: one enabled password or active key unused for more than 90 d is enough, whatever else the user uses. Whether a credential that was never used is unused is not documented: such users are unknown, unless another credential decides
with kinds as (
    select * from user_kind
),

verdicts as (
    select
        'console_mfa' as practice_id,
        'mfa-enabled-for-iam-console-access' as rule,
        'user' as unit,
        snapshot_id,
        user_id,
        n_users,
        coalesce(cast(has_password and not has_mfa as tinyint), -1) as of_user,
        cast(null as tinyint) as of_password,
        cast(null as tinyint) as of_key_1,
        cast(null as tinyint) as of_key_2
    from kinds
    where not is_root and coalesce(has_password, true)
    union all
    select
        'key_rotation',
        'access-keys-rotated',
        'user',
        snapshot_id,
        user_id,
        n_users,
        coalesce(cast(
            has_key_1 and is_key_1_active and key_1_age_s > {days 90}
            or has_key_2 and is_key_2_active and key_2_age_s > {days 90}
        as tinyint), -1),
        null,
        null,
        null
    from kinds
    where not is_root and n_keys_at_most > 0
    union all
    select
        'unused_user',
        'iam-user-unused-credentials-check',
        'user',
        snapshot_id,
        user_id,
        n_users,
        coalesce(cast(
            has_password and case when not is_password_never_used then password_idle_s > {days 90} end
            or has_key_1 and is_key_1_active and case when not is_key_1_never_used then key_1_idle_s > {days 90} end
            or has_key_2 and is_key_2_active and case when not is_key_2_never_used then key_2_idle_s > {days 90} end
        as tinyint), -1),
        null,
        null,
        null
    from kinds
    where not is_root and (n_keys_at_most > 0 or coalesce(has_password, true))
)

select
    'aws_config' as ruleset_id,
    verdicts.*
from verdicts
