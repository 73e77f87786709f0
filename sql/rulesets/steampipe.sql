-- Title: Steampipe, mod AWS Compliance
-- Order: 5
-- Grain: one row per rule and unit: a row of the credential report (user or root), a user, or an active key
-- Reads: iam_user, access_key, root_account, stg_user_arn, stg_snapshot
-- Counts: alarm; skip and info do not count. 10 s, 45 d and 90 d are constants of the queries
-- Unknown: units whose cells the data do not give
-- Why: the rules of CIS and others as SQL. Its ages end at the midnight before the query runs; here at the midnight (UTC) before the snapshot
-- Source: turbot/steampipe-mod-aws-compliance at a1d0b44, conformance_pack/iam.pp, query <rule>; tables by turbot/steampipe-plugin-aws at 5b4b051, aws/table_aws_iam_credential_report.go and aws/table_aws_iam_access_key.go
-- Differs console_mfa: a password and no device, over all users and root, whose password is taken to be enabled where the report says not_supported; service control policies do not count
-- Differs no_initial_key: a user with a password whose key in slot 1, active or not, was made less than 10 s after the user, or at any time before; slot 2 is not looked at
-- Differs one_active_key: keys are matched by the text of their names, without the path: a user with a path never alarms, and bob answers for bobby's keys too. Users whose keys are all inactive are left out
-- Differs key_rotation: counts active keys, not users: those made 90 d or more before midnight
-- Differs unused_user: one enabled credential at rest for more than 90 d (CIS since 1.4: 45 d) at midnight alarms the user; never used counts from the last change or rotation
with snapshots as (
    select snapshot_id, date_trunc('day', captured_at) as midnight_at
    from stg_snapshot
),

report as (
    select
        u.snapshot_id,
        u.user_id,
        u.password_enabled as has_password,
        u.mfa_active as has_mfa,
        k.slot is not null and coalesce(k.last_rotated_word, '') = '' as has_key_1,
        date_diff('second', u.created_at, k.last_rotated_at) as key_1_gap_s
    from iam_user u
    left join access_key k on k.user_id = u.user_id and k.slot = 1
    union all
    select
        snapshot_id,
        null,
        coalesce(password_enabled, case when password_enabled_word = 'not_supported' then true end),
        mfa_active,
        access_key_1_last_rotated_at is not null,
        date_diff('second', created_at, access_key_1_last_rotated_at)
    from root_account
),

-- LIKE as the query has it: an underscore in a name matches any character
matches as (
    select
        u.snapshot_id,
        u.user_id,
        p.path,
        count(*) filter (where k.is_active) as n_active,
        count(*) filter (where k.is_active is null) as n_unknown,
        count(k.user_id) as n_keys
    from iam_user u
    join stg_user_arn p on p.user_id = u.user_id
    left join (
        select a.snapshot_id, a.user_id, a.is_active, o.user_name
        from access_key a
        join iam_user o on o.user_id = a.user_id
    ) k on k.snapshot_id = u.snapshot_id and p.path = '/' and k.user_name like u.user_name || '%'
    group by u.snapshot_id, u.user_id, p.path
),

credentials as (
    select
        u.snapshot_id,
        u.user_id,
        u.password_enabled as is_enabled,
        case
            when u.password_last_used_at is not null then u.password_last_used_at
            when u.password_last_used_word <> '' then u.password_last_changed_at
        end as activity_at,
        u.password_last_used_word <> '' and u.password_last_changed_word <> '' as is_without_date
    from iam_user u
    union all
    select
        snapshot_id,
        user_id,
        is_active,
        case
            when last_used_at is not null then last_used_at
            when last_used_word <> '' then last_rotated_at
        end,
        last_used_word <> '' and last_rotated_word <> ''
    from access_key
),

rests as (
    select 'iam_user_unused_credentials_90' as rule, 90 as days
    union all
    select 'iam_user_unused_credentials_45', 45
),

idle as (
    select
        r.rule,
        c.snapshot_id,
        c.user_id,
        c.is_enabled and case
            when c.activity_at is not null then date_diff('second', c.activity_at, s.midnight_at) > r.days * 86400
            when c.is_without_date then false
        end as is_violation
    from credentials c
    join snapshots s on s.snapshot_id = c.snapshot_id
    cross join rests r
),

verdicts as (
    select
        'console_mfa' as practice_id,
        'iam_user_console_access_mfa_enabled' as rule,
        'user or root' as unit,
        snapshot_id,
        user_id,
        cast(null as tinyint) as slot,
        has_password and not has_mfa as is_violation
    from report
    union all
    select
        'no_initial_key',
        'iam_user_access_keys_and_password_at_setup',
        'user or root',
        snapshot_id,
        user_id,
        null,
        has_password and has_key_1 and key_1_gap_s < 10
    from report
    union all
    select
        'one_active_key',
        'iam_user_one_active_key',
        'user',
        snapshot_id,
        user_id,
        null,
        case
            when path is null then null
            when n_active > 1 then true
            when n_active + n_unknown < 2 then false
        end
    from matches
    where n_keys = 0 or n_active + n_unknown > 0
    union all
    select
        'key_rotation',
        'iam_user_access_key_age_90',
        'key',
        k.snapshot_id,
        k.user_id,
        k.slot,
        k.is_active and date_diff('second', k.last_rotated_at, s.midnight_at) >= 90 * 86400
    from access_key k
    join snapshots s on s.snapshot_id = k.snapshot_id
    where k.is_active is null or k.is_active
    union all
    select
        'unused_user',
        rule,
        'user',
        snapshot_id,
        user_id,
        null,
        case
            when count(*) filter (where is_violation) > 0 then true
            when count(*) filter (where is_violation is null) = 0 then false
        end
    from idle
    group by rule, snapshot_id, user_id
)

select
    'steampipe' as ruleset_id,
    practice_id,
    rule,
    unit,
    snapshot_id,
    user_id,
    cast(slot as tinyint) as slot,
    is_violation
from verdicts
