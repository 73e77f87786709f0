-- Title: Each root user with all credentials together
-- Grain: one row per snapshot that shows its root user
-- Reads: root_account, stg_root, stg_snapshot
-- Counts: the columns of user_credential; user_id is NULL, and is_password_implied says that the report only implies a password (not_supported, until 2023)
-- Unknown: as in user_credential; that a key slot is empty shows in is_key_N_active alone
-- Why: rule sets that read the credential report line by line find root in it
with roots as (
    select
        r.*,
        s.captured_at,
        s.is_current,
        t.has_password,
        case
            when r.password_last_used_at is not null then r.password_last_used_at
            when r.password_last_used_word <> '' then coalesce(r.password_last_changed_at, r.created_at)
        end as password_activity_at,
        case
            when r.access_key_1_last_used_at is not null then r.access_key_1_last_used_at
            when r.access_key_1_last_used_word <> '' then r.access_key_1_last_rotated_at
        end as key_1_activity_at,
        case
            when r.access_key_2_last_used_at is not null then r.access_key_2_last_used_at
            when r.access_key_2_last_used_word <> '' then r.access_key_2_last_rotated_at
        end as key_2_activity_at
    from root_account r
    join stg_root t on t.snapshot_id = r.snapshot_id
    join stg_snapshot s on s.snapshot_id = r.snapshot_id
)

select
    cast(null as bigint) as user_id,
    snapshot_id,
    is_current,
    cast(date_diff('second', date_trunc('day', captured_at), captured_at) as integer) as midnight_s,
    true as is_without_path,
    date_diff('second', created_at, captured_at) as age_s,
    has_password,
    coalesce(password_enabled_word = 'not_supported', false) as is_password_implied,
    mfa_active as has_mfa,
    case when password_last_used_at is not null then false when password_last_used_word <> '' then true end as is_password_never_used,
    password_last_changed_at is not null as is_password_dated,
    date_diff('second', password_activity_at, captured_at) as password_idle_s,
    true as has_key_1,
    access_key_1_active as is_key_1_active,
    case when access_key_1_last_used_at is not null then false when access_key_1_last_used_word <> '' then true end as is_key_1_never_used,
    access_key_1_last_rotated_at is not null as is_key_1_dated,
    date_diff('second', access_key_1_last_rotated_at, captured_at) as key_1_age_s,
    date_diff('second', key_1_activity_at, captured_at) as key_1_idle_s,
    date_diff('second', created_at, access_key_1_last_rotated_at) as key_1_gap_s,
    true as has_key_2,
    access_key_2_active as is_key_2_active,
    case when access_key_2_last_used_at is not null then false when access_key_2_last_used_word <> '' then true end as is_key_2_never_used,
    access_key_2_last_rotated_at is not null as is_key_2_dated,
    date_diff('second', access_key_2_last_rotated_at, captured_at) as key_2_age_s,
    date_diff('second', key_2_activity_at, captured_at) as key_2_idle_s,
    date_diff('second', created_at, access_key_2_last_rotated_at) as key_2_gap_s,
    cast(case when access_key_1_active then 1 else 0 end + case when access_key_2_active then 1 else 0 end as tinyint) as n_keys,
    cast(case when coalesce(access_key_1_active, true) then 1 else 0 end
        + case when coalesce(access_key_2_active, true) then 1 else 0 end as tinyint) as n_keys_at_most,
    cast(null as tinyint) as n_credentials,
    cast(null as tinyint) as n_credentials_at_most
from roots
