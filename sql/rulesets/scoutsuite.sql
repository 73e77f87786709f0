-- Title: ScoutSuite
-- Order: 6
-- Grain: one row per rule and row of user_kind that it checks
-- Reads: user_kind
-- Counts: flagged items; 90 d is the argument in the default rule set
-- Unknown: items with a missing cell
-- Why: an older scanner behind many reports. It measures ages in whole days before the local time of its run; here before the snapshot
-- Source: nccgroup/ScoutSuite at 7909f2f, ScoutSuite/providers/aws/rules/findings/<rule>.json with rulesets/default.json, ScoutSuite/core/conditions.py and ScoutSuite/providers/aws/resources/iam/credentialreports.py
-- Differs console_mfa: a password and no device, over all users; service control policies do not count
-- Differs no_initial_key: no times are compared: an active, never used key, with or without a password, of users and of root. The rule is off in the default rule set
-- Differs one_active_key: two active keys, over all users
-- Differs key_rotation: counts keys, active or not: those of 91 whole days or more, inactive ones at a lower level in a separate rule
-- Differs unused_user: one enabled credential last used 91 whole days ago or more flags the user, or root; credentials never used are not counted
with kinds as (
    select * from user_kind
),

verdicts as (
    select
        'console_mfa' as practice_id,
        'iam-user-without-mfa' as rule,
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
        'iam-user-unused-access-key-initial-setup',
        'user or root',
        snapshot_id,
        user_id,
        n_users,
        coalesce(cast(
            has_key_1 and is_key_1_active and is_key_1_never_used
            or has_key_2 and is_key_2_active and is_key_2_never_used
        as tinyint), -1),
        null,
        null,
        null
    from kinds
    union all
    select
        'one_active_key',
        'iam-user-with-multiple-access-keys',
        'user',
        snapshot_id,
        user_id,
        n_users,
        case when n_keys > 1 then 1 when n_keys_at_most < 2 then 0 else -1 end,
        null,
        null,
        null
    from kinds
    where not is_root
    union all
    select
        'key_rotation',
        'iam-user-no-Active-key-rotation',
        'key',
        snapshot_id,
        user_id,
        n_users,
        null,
        null,
        case when has_key_1 then coalesce(cast(is_key_1_active and key_1_age_s >= {days 91} as tinyint), -1) end,
        case when has_key_2 then coalesce(cast(is_key_2_active and key_2_age_s >= {days 91} as tinyint), -1) end
    from kinds
    where not is_root
    union all
    select
        'key_rotation',
        'iam-user-no-Inactive-key-rotation',
        'key',
        snapshot_id,
        user_id,
        n_users,
        null,
        null,
        case when has_key_1 then coalesce(cast(not is_key_1_active and key_1_age_s >= {days 91} as tinyint), -1) end,
        case when has_key_2 then coalesce(cast(not is_key_2_active and key_2_age_s >= {days 91} as tinyint), -1) end
    from kinds
    where not is_root
    union all
    select
        'unused_user',
        'iam-unused-credentials-not-disabled',
        'user or root',
        snapshot_id,
        user_id,
        n_users,
        coalesce(cast(
            has_password and not is_password_implied and not is_password_never_used and password_idle_s >= {days 91}
            or has_key_1 and is_key_1_active and not is_key_1_never_used and key_1_idle_s >= {days 91}
            or has_key_2 and is_key_2_active and not is_key_2_never_used and key_2_idle_s >= {days 91}
        as tinyint), -1),
        null,
        null,
        null
    from kinds
)

select
    'scoutsuite' as ruleset_id,
    verdicts.*
from verdicts
