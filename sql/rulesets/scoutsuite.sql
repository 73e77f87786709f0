-- Title: ScoutSuite
-- Order: 6
-- Grain: one row per rule and unit: a row of the credential report (user or root), a user, or a key
-- Reads: iam_user, access_key, root_account, stg_snapshot
-- Counts: flagged items; 90 d is the argument that the default rule set gives
-- Unknown: items whose cells the data do not give
-- Why: an older scanner that many reports were made with. Its ages are whole days before the local clock; here before the snapshot
-- Source: nccgroup/ScoutSuite at 7909f2f, ScoutSuite/providers/aws/rules/findings/<rule>.json with rulesets/default.json, ScoutSuite/core/conditions.py and ScoutSuite/providers/aws/resources/iam/credentialreports.py
-- Differs console_mfa: a password and no device, over all users; service control policies do not count
-- Differs no_initial_key: no time is compared: an active key that was never used, with a password or without, of users and of root. The rule is off in the default rule set
-- Differs one_active_key: two active keys, over all users
-- Differs key_rotation: counts keys, active or not: those of 91 whole days or more, inactive ones at a lower level in a rule of their own
-- Differs unused_user: one enabled credential last used 91 whole days ago or more flags the user, or root; what was never used is not counted
with report as (
    select
        snapshot_id,
        user_id,
        password_enabled as has_password,
        password_last_used_at,
        password_last_used_word
    from iam_user
    union all
    select
        snapshot_id,
        null,
        case when password_enabled_word = 'not_supported' then false else password_enabled end,
        password_last_used_at,
        password_last_used_word
    from root_account
),

credentials as (
    select
        snapshot_id,
        user_id,
        false as is_key,
        has_password as is_enabled,
        password_last_used_at as last_used_at,
        password_last_used_word as last_used_word
    from report
    union all
    select snapshot_id, user_id, true, is_active, last_used_at, last_used_word
    from access_key
    union all
    select snapshot_id, null, true, access_key_1_active, access_key_1_last_used_at, access_key_1_last_used_word
    from root_account
    union all
    select snapshot_id, null, true, access_key_2_active, access_key_2_last_used_at, access_key_2_last_used_word
    from root_account
),

tests as (
    select
        c.snapshot_id,
        c.user_id,
        c.is_key and c.is_enabled and case
            when c.last_used_at is not null then false
            when c.last_used_word <> '' then true
        end as is_never_used,
        c.is_enabled and case
            when c.last_used_at is not null then date_diff('second', c.last_used_at, s.captured_at) >= 91 * 86400
            when c.last_used_word <> '' then false
        end as is_unused
    from credentials c
    join stg_snapshot s on s.snapshot_id = c.snapshot_id
),

states as (
    select 'iam-user-no-Active-key-rotation' as rule, true as is_active
    union all
    select 'iam-user-no-Inactive-key-rotation', false
),

verdicts as (
    select
        'console_mfa' as practice_id,
        'iam-user-without-mfa' as rule,
        'user' as unit,
        snapshot_id,
        user_id,
        cast(null as tinyint) as slot,
        password_enabled and not mfa_active as is_violation
    from iam_user
    union all
    select
        'no_initial_key',
        'iam-user-unused-access-key-initial-setup',
        'user or root',
        snapshot_id,
        user_id,
        null,
        case
            when count(*) filter (where is_never_used) > 0 then true
            when count(*) filter (where is_never_used is null) = 0 then false
        end
    from tests
    group by snapshot_id, user_id
    union all
    select
        'one_active_key',
        'iam-user-with-multiple-access-keys',
        'user',
        u.snapshot_id,
        u.user_id,
        null,
        case
            when count(*) filter (where k.is_active) > 1 then true
            when count(*) filter (where k.slot is not null and (k.is_active is null or k.is_active)) < 2 then false
        end
    from iam_user u
    left join access_key k on k.user_id = u.user_id
    group by u.snapshot_id, u.user_id
    union all
    select
        'key_rotation',
        r.rule,
        'key',
        k.snapshot_id,
        k.user_id,
        k.slot,
        k.is_active = r.is_active and date_diff('second', k.last_rotated_at, s.captured_at) >= 91 * 86400
    from access_key k
    join stg_snapshot s on s.snapshot_id = k.snapshot_id
    cross join states r
    union all
    select
        'unused_user',
        'iam-unused-credentials-not-disabled',
        'user or root',
        snapshot_id,
        user_id,
        null,
        case
            when count(*) filter (where is_unused) > 0 then true
            when count(*) filter (where is_unused is null) = 0 then false
        end
    from tests
    group by snapshot_id, user_id
)

select
    'scoutsuite' as ruleset_id,
    practice_id,
    rule,
    unit,
    snapshot_id,
    user_id,
    cast(slot as tinyint) as slot,
    is_violation
from verdicts
