-- Title: Users with all credentials
-- Grain: one row per IAM user of a snapshot
-- Reads: stg_user, stg_access_key, stg_snapshot
-- Counts: state and ages of the password and of both keys; age_s, of the user, who is at least as old as the oldest key; n_keys and n_credentials are certainly enabled, ..._at_most may be, two keys that the report lacks included where has_more_credentials; midnight_s, seconds since the midnight before the snapshot; key_N_gap_s, from the creation of the user to that of the key, negative for an older key
-- Unknown: a NULL is unknown; where has_key_N is false, there is no key
-- Why: practices and rule sets need the same facts about a user, which are computed once; a user has at most two keys
with users as (
    select
        u.*,
        s.is_current,
        date_diff('second', date_trunc('day', s.captured_at), s.captured_at) as midnight_s,
        k.slot is not null as has_key_1,
        k.is_active as is_key_1_active,
        k.is_never_used as is_key_1_never_used,
        k.is_dated as is_key_1_dated,
        k.age_s as key_1_age_s,
        k.idle_s as key_1_idle_s,
        date_diff('second', u.created_at, k.last_rotated_at) as key_1_gap_s,
        l.slot is not null as has_key_2,
        l.is_active as is_key_2_active,
        l.is_never_used as is_key_2_never_used,
        l.is_dated as is_key_2_dated,
        l.age_s as key_2_age_s,
        l.idle_s as key_2_idle_s,
        date_diff('second', u.created_at, l.last_rotated_at) as key_2_gap_s
    from stg_user u
    join stg_snapshot s on s.snapshot_id = u.snapshot_id
    left join stg_access_key k on k.user_id = u.user_id and k.slot = 1
    left join stg_access_key l on l.user_id = u.user_id and l.slot = 2
),

keys as (
    select
        *,
        case when is_key_1_active then 1 else 0 end + case when is_key_2_active then 1 else 0 end as n_keys,
        case when has_key_1 and coalesce(is_key_1_active, true) then 1 else 0 end
            + case when has_key_2 and coalesce(is_key_2_active, true) then 1 else 0 end
            + case when has_more_credentials then 2 else 0 end as n_keys_at_most
    from users
)

select
    user_id,
    snapshot_id,
    is_current,
    cast(midnight_s as integer) as midnight_s,
    is_without_path,
    nullif(greatest(coalesce(age_s, -1), coalesce(key_1_age_s, -1), coalesce(key_2_age_s, -1)), -1) as age_s,
    age_s is not null as is_created_known,
    has_password,
    false as is_password_implied,
    has_mfa,
    is_password_never_used,
    is_password_dated,
    password_idle_s,
    has_key_1,
    is_key_1_active,
    is_key_1_never_used,
    is_key_1_dated,
    key_1_age_s,
    key_1_idle_s,
    key_1_gap_s,
    has_key_2,
    is_key_2_active,
    is_key_2_never_used,
    is_key_2_dated,
    key_2_age_s,
    key_2_idle_s,
    key_2_gap_s,
    cast(n_keys as tinyint) as n_keys,
    cast(n_keys_at_most as tinyint) as n_keys_at_most,
    cast(n_keys + case when has_password then 1 else 0 end as tinyint) as n_credentials,
    cast(n_keys_at_most + case when coalesce(has_password, true) then 1 else 0 end as tinyint) as n_credentials_at_most,
    has_more_credentials
from keys
