-- Title: Root users with all credentials
-- Grain: one row per snapshot with a root row
-- Reads: stg_root, stg_snapshot
-- Counts: the columns of user_credential; user_id is NULL
-- Unknown: as in user_credential; is_key_N_active alone tells that a key slot is empty
-- Why: tools that read the credential report line by line check root as one of its lines
select
    cast(null as bigint) as user_id,
    r.snapshot_id,
    s.is_current,
    cast(date_diff('second', date_trunc('day', s.captured_at), s.captured_at) as integer) as midnight_s,
    true as is_without_path,
    r.age_s,
    r.age_s is not null as is_created_known,
    r.has_password,
    r.is_password_implied,
    r.has_mfa,
    r.is_password_never_used,
    r.is_password_dated,
    r.password_idle_s,
    true as has_key_1,
    r.is_key_1_active,
    r.is_key_1_never_used,
    r.is_key_1_dated,
    r.key_1_age_s,
    r.key_1_idle_s,
    r.key_1_gap_s,
    true as has_key_2,
    r.is_key_2_active,
    r.is_key_2_never_used,
    r.is_key_2_dated,
    r.key_2_age_s,
    r.key_2_idle_s,
    r.key_2_gap_s,
    cast(case when r.is_key_1_active then 1 else 0 end + case when r.is_key_2_active then 1 else 0 end as tinyint) as n_keys,
    cast(case when coalesce(r.is_key_1_active, true) then 1 else 0 end
        + case when coalesce(r.is_key_2_active, true) then 1 else 0 end as tinyint) as n_keys_at_most,
    cast(null as tinyint) as n_credentials,
    cast(null as tinyint) as n_credentials_at_most,
    false as has_more_credentials
from stg_root r
join stg_snapshot s on s.snapshot_id = r.snapshot_id
where r.is_in_report
