-- Title: Prowler
-- Order: 4
-- Grain: one row per rule and finding: one per failing key, and one per user, or root, without one
-- Reads: iam_user, access_key, root_account, stg_snapshot
-- Counts: FAIL; 90 d is a constant of the tool, 45 d its default for max_unused_access_keys_days and max_console_access_days
-- Unknown: findings that hang on a cell that is not in the data; the tool would say PASS or stop
-- Why: the most used open scanner. It counts findings, and its ages are whole days before the clock of the machine that runs it; here they are whole days before the snapshot
-- Source: prowler-cloud/prowler at 5.46.0, prowler/providers/aws/services/iam/<rule>/<rule>.py
-- Differs console_mfa: a password and no device, over all users; root and service control policies do not count
-- Differs no_initial_key: no time is compared: an active key that was never used, of a user with a password. One FAIL per key, one PASS per user
-- Differs one_active_key: two active keys, over all users and root
-- Differs key_rotation: an active key of 91 whole days or more, of users and of root. One FAIL per key, one PASS per user
-- Differs unused_user: two checks of 46 whole days or more: each active key on its own, root's too, and the password. What was never used passes
with report as (
    select
        snapshot_id,
        user_id,
        password_enabled as has_password,
        mfa_active as has_mfa,
        password_last_used_at,
        password_last_used_word
    from iam_user
    union all
    select
        snapshot_id,
        null,
        case when password_enabled_word = 'not_supported' then false else password_enabled end,
        mfa_active,
        password_last_used_at,
        password_last_used_word
    from root_account
),

keys as (
    select snapshot_id, user_id, slot, is_active, last_rotated_at, last_used_at, last_used_word
    from access_key
    union all
    select
        snapshot_id,
        null,
        1,
        access_key_1_active,
        access_key_1_last_rotated_at,
        access_key_1_last_used_at,
        access_key_1_last_used_word
    from root_account
    union all
    select
        snapshot_id,
        null,
        2,
        access_key_2_active,
        access_key_2_last_rotated_at,
        access_key_2_last_used_at,
        access_key_2_last_used_word
    from root_account
),

-- a row of the report without keys stays, with an inactive one in no slot
credentials as (
    select
        r.snapshot_id,
        r.user_id,
        r.has_password,
        k.slot,
        case when k.slot is null then false else k.is_active end as is_active,
        date_diff('second', k.last_rotated_at, s.captured_at) >= 91 * 86400 as is_old,
        case
            when k.last_used_at is not null then date_diff('second', k.last_used_at, s.captured_at) >= 46 * 86400
            when k.last_used_word <> '' then false
        end as is_unused,
        case when k.last_used_at is not null then false when k.last_used_word <> '' then true end as is_never_used
    from report r
    join stg_snapshot s on s.snapshot_id = r.snapshot_id
    left join keys k on k.snapshot_id = r.snapshot_id and k.user_id is not distinct from r.user_id
),

key_tests as (
    select
        'no_initial_key' as practice_id,
        'iam_user_no_setup_initial_access_key' as rule,
        snapshot_id,
        user_id,
        slot,
        is_active and is_never_used and has_password as is_violation
    from credentials
    union all
    select 'key_rotation', 'iam_rotate_access_key_90_days', snapshot_id, user_id, slot, is_active and is_old
    from credentials
    union all
    select 'unused_user', 'iam_user_accesskey_unused', snapshot_id, user_id, slot, is_active and is_unused
    from credentials
),

findings as (
    select practice_id, rule, 'finding' as unit, snapshot_id, user_id, slot, is_violation
    from key_tests
    where is_violation
    union all
    select
        practice_id,
        rule,
        'finding',
        snapshot_id,
        user_id,
        null,
        case when count(*) filter (where is_violation is null) = 0 then false end
    from key_tests
    group by practice_id, rule, snapshot_id, user_id
    having count(*) filter (where is_violation) = 0
    union all
    select
        'one_active_key',
        'iam_user_two_active_access_key',
        'user or root',
        snapshot_id,
        user_id,
        null,
        case
            when count(*) filter (where is_active) > 1 then true
            when count(*) filter (where is_active is null or is_active) < 2 then false
        end
    from credentials
    group by snapshot_id, user_id
    union all
    select
        'console_mfa',
        'iam_user_mfa_enabled_console_access',
        'user',
        snapshot_id,
        user_id,
        null,
        has_password and not has_mfa
    from report
    where user_id is not null
    union all
    select
        'unused_user',
        'iam_user_console_access_unused',
        'user',
        r.snapshot_id,
        r.user_id,
        null,
        r.has_password and case
            when r.password_last_used_at is not null
                then date_diff('second', r.password_last_used_at, s.captured_at) >= 46 * 86400
            when r.password_last_used_word <> '' then false
        end
    from report r
    join stg_snapshot s on s.snapshot_id = r.snapshot_id
    where r.user_id is not null
)

select
    'prowler' as ruleset_id,
    practice_id,
    rule,
    unit,
    snapshot_id,
    user_id,
    cast(slot as tinyint) as slot,
    is_violation
from findings
