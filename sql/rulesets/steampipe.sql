-- Title: Steampipe, mod AWS Compliance
-- Order: 5
-- Grain: one row per rule and row of user_kind that it checks
-- Reads: user_kind
-- Counts: alarm; skip and info do not count. 10 s, 45 d and 90 d are constants of the queries
-- Unknown: units with a missing cell
-- Why: the rules of CIS and others as SQL. It measures ages at the midnight before the query runs; here at the midnight (UTC) before the snapshot
-- Source: turbot/steampipe-mod-aws-compliance at a1d0b44, conformance_pack/iam.pp, query <rule>; tables by turbot/steampipe-plugin-aws at 5b4b051, aws/table_aws_iam_credential_report.go and aws/table_aws_iam_access_key.go
-- Differs console_mfa: a password and no device, over all users and root, whose password counts as enabled where the report has not_supported; service control policies do not count
-- Differs no_initial_key: a user with a password whose key in slot 1, active or not, was created less than 10 s after the user, or at any time before; slot 2 is not checked
-- Differs one_active_key: keys are matched by the text of user names, without the path: a user with a path never alarms, and the keys of bobby count for bob, too. Users with only inactive keys are left out
-- Differs key_rotation: counts active keys, not users: those created 90 d or more before midnight
-- Differs unused_user: one enabled credential unused for more than 90 d (CIS since 1.4: 45 d) at midnight alarms the user; never used counts from the last change or rotation
with kinds as (
    select * from user_kind
),

verdicts as (
    select
        'console_mfa' as practice_id,
        'iam_user_console_access_mfa_enabled' as rule,
        'user or root' as unit,
        snapshot_id,
        user_id,
        n_users,
        coalesce(cast(has_password and not has_mfa as tinyint), -1) as of_user,
        cast(null as tinyint) as of_password,
        cast(null as tinyint) as of_key_1,
        cast(null as tinyint) as of_key_2
    from kinds
    union all
    select
        'no_initial_key',
        'iam_user_access_keys_and_password_at_setup',
        'user or root',
        snapshot_id,
        user_id,
        n_users,
        coalesce(cast(
            has_password and has_key_1 and coalesce(is_key_1_dated, true) and key_1_gap_s < {seconds 10}
        as tinyint), -1),
        null,
        null,
        null
    from kinds
    union all
    select
        'one_active_key',
        'iam_user_one_active_key',
        'user',
        snapshot_id,
        user_id,
        n_users,
        case when n_named_keys > 1 then 1 when n_named_keys is not null and n_named_keys_at_most < 2 then 0 else -1 end,
        null,
        null,
        null
    from kinds
    where not is_root and (not has_named_keys or n_named_keys_at_most > 0)
    union all
    select
        'key_rotation',
        'iam_user_access_key_age_90',
        'key',
        snapshot_id,
        user_id,
        n_users,
        null,
        null,
        case when has_key_1 and coalesce(is_key_1_active, true) then coalesce(cast(is_key_1_active and key_1_age_midnight_s >= {days 90} as tinyint), -1) end,
        case when has_key_2 and coalesce(is_key_2_active, true) then coalesce(cast(is_key_2_active and key_2_age_midnight_s >= {days 90} as tinyint), -1) end
    from kinds
    where not is_root
    union all
    select
        'unused_user',
        'iam_user_unused_credentials_90',
        'user',
        snapshot_id,
        user_id,
        n_users,
        coalesce(cast(
            has_password and case
                when is_password_never_used and not is_password_dated then false
                when not is_password_never_used or is_password_dated then password_idle_midnight_s > {days 90}
            end
            or has_key_1 and is_key_1_active and case
                when is_key_1_never_used and not is_key_1_dated then false
                else key_1_idle_midnight_s > {days 90}
            end
            or has_key_2 and is_key_2_active and case
                when is_key_2_never_used and not is_key_2_dated then false
                else key_2_idle_midnight_s > {days 90}
            end
        as tinyint), -1),
        null,
        null,
        null
    from kinds
    where not is_root
    union all
    select
        'unused_user',
        'iam_user_unused_credentials_45',
        'user',
        snapshot_id,
        user_id,
        n_users,
        coalesce(cast(
            has_password and case
                when is_password_never_used and not is_password_dated then false
                when not is_password_never_used or is_password_dated then password_idle_midnight_s > {days 45}
            end
            or has_key_1 and is_key_1_active and case
                when is_key_1_never_used and not is_key_1_dated then false
                else key_1_idle_midnight_s > {days 45}
            end
            or has_key_2 and is_key_2_active and case
                when is_key_2_never_used and not is_key_2_dated then false
                else key_2_idle_midnight_s > {days 45}
            end
        as tinyint), -1),
        null,
        null,
        null
    from kinds
    where not is_root
)

select
    'steampipe' as ruleset_id,
    verdicts.*
from verdicts
