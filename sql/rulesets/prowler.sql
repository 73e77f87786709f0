-- Title: Prowler
-- Order: 4
-- Grain: one row per rule and row of user_kind that it checks
-- Reads: user_kind
-- Counts: FAIL; 90 d is a constant of the tool, 45 d its default for max_unused_access_keys_days and max_console_access_days
-- Unknown: findings that need a missing cell; the tool would report PASS or fail
-- Why: the most used open-source scanner. It counts findings, and measures ages in whole days before the time of its run; here they are whole days before the snapshot
-- Source: prowler-cloud/prowler at 5.46.0, prowler/providers/aws/services/iam/<rule>/<rule>.py
-- Differs console_mfa: a password and no device, over all users; root and service control policies do not count
-- Differs no_initial_key: no times are compared: an active, never used key of a user with a password. One FAIL per key, one PASS per user
-- Differs one_active_key: two active keys, over all users and root
-- Differs key_rotation: an active key of 91 whole days or more, of users and of root. One FAIL per key, one PASS per user
-- Differs unused_user: two checks of 46 whole days or more: each active key on its own, root's too, and the password. What was never used passes
with kinds as (
    select * from user_kind
),

verdicts as (
    select
        'console_mfa' as practice_id,
        'iam_user_mfa_enabled_console_access' as rule,
        'user' as unit,
        snapshot_id,
        user_id,
        n_users,
        coalesce(cast(has_password and not has_mfa as tinyint), -1) as of_user,
        cast(null as tinyint) as of_password,
        cast(null as tinyint) as of_key_1,
        cast(null as tinyint) as of_key_2
    from kinds
    where not is_root
    union all
    select
        'no_initial_key',
        'iam_user_no_setup_initial_access_key',
        'finding',
        snapshot_id,
        user_id,
        n_users,
        nullif(coalesce(cast(
            has_key_1 and is_key_1_active and is_key_1_never_used and has_password and not is_password_implied
            or has_key_2 and is_key_2_active and is_key_2_never_used and has_password and not is_password_implied
        as tinyint), -1), 1),
        null,
        case when has_key_1 and is_key_1_active and is_key_1_never_used and has_password and not is_password_implied then 1 end,
        case when has_key_2 and is_key_2_active and is_key_2_never_used and has_password and not is_password_implied then 1 end
    from kinds
    union all
    select
        'one_active_key',
        'iam_user_two_active_access_key',
        'user or root',
        snapshot_id,
        user_id,
        n_users,
        case when n_keys > 1 then 1 when n_keys_at_most < 2 then 0 else -1 end,
        null,
        null,
        null
    from kinds
    union all
    select
        'key_rotation',
        'iam_rotate_access_key_90_days',
        'finding',
        snapshot_id,
        user_id,
        n_users,
        nullif(coalesce(cast(
            has_key_1 and is_key_1_active and key_1_age_s >= {days 91}
            or has_key_2 and is_key_2_active and key_2_age_s >= {days 91}
        as tinyint), -1), 1),
        null,
        case when has_key_1 and is_key_1_active and key_1_age_s >= {days 91} then 1 end,
        case when has_key_2 and is_key_2_active and key_2_age_s >= {days 91} then 1 end
    from kinds
    union all
    select
        'unused_user',
        'iam_user_accesskey_unused',
        'finding',
        snapshot_id,
        user_id,
        n_users,
        nullif(coalesce(cast(
            has_key_1 and is_key_1_active and not is_key_1_never_used and key_1_idle_s >= {days 46}
            or has_key_2 and is_key_2_active and not is_key_2_never_used and key_2_idle_s >= {days 46}
        as tinyint), -1), 1),
        null,
        case when has_key_1 and is_key_1_active and not is_key_1_never_used and key_1_idle_s >= {days 46} then 1 end,
        case when has_key_2 and is_key_2_active and not is_key_2_never_used and key_2_idle_s >= {days 46} then 1 end
    from kinds
    union all
    select
        'unused_user',
        'iam_user_console_access_unused',
        'user',
        snapshot_id,
        user_id,
        n_users,
        coalesce(cast(
            has_password and not is_password_never_used and password_idle_s >= {days 46}
        as tinyint), -1),
        null,
        null,
        null
    from kinds
    where not is_root
)

select
    'prowler' as ruleset_id,
    verdicts.*
from verdicts
