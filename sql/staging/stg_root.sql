-- Title: Root users
-- Grain: one row per snapshot
-- Reads: snapshot, root_account
-- Counts: last_used_at and idle_s over password and keys; ages in seconds at the time of the snapshot; key_N_gap_s, from the creation of root to that of its key; is_password_implied: the report has not_supported (until 2023), which implies a password
-- Unknown: every column is NULL where the snapshot has no root row; is_in_report is false there
-- Why: rules on root need its password and its keys, one by one and together
with root as (
    select
        s.snapshot_id,
        s.captured_at,
        r.snapshot_id is not null as is_in_report,
        r.created_at,
        r.mfa_active as has_mfa,
        coalesce(r.password_enabled, case when r.password_enabled_missing = 'not_supported' then true end) as has_password,
        coalesce(r.password_enabled_missing = 'not_supported', false) as is_password_implied,
        case when r.password_last_used_at is not null then false when r.password_last_used_missing <> '' then true end as is_password_never_used,
        r.password_last_changed_at is not null as is_password_dated,
        case
            when r.password_last_used_at is not null then r.password_last_used_at
            when r.password_last_used_missing <> '' then coalesce(r.password_last_changed_at, r.created_at)
        end as password_activity_at,
        r.access_key_1_active as is_key_1_active,
        r.access_key_1_last_rotated_at as key_1_rotated_at,
        case when r.access_key_1_last_used_at is not null then false when r.access_key_1_last_used_missing <> '' then true end as is_key_1_never_used,
        case
            when r.access_key_1_last_used_at is not null then r.access_key_1_last_used_at
            when r.access_key_1_last_used_missing <> '' then r.access_key_1_last_rotated_at
        end as key_1_activity_at,
        r.access_key_2_active as is_key_2_active,
        r.access_key_2_last_rotated_at as key_2_rotated_at,
        case when r.access_key_2_last_used_at is not null then false when r.access_key_2_last_used_missing <> '' then true end as is_key_2_never_used,
        case
            when r.access_key_2_last_used_at is not null then r.access_key_2_last_used_at
            when r.access_key_2_last_used_missing <> '' then r.access_key_2_last_rotated_at
        end as key_2_activity_at,
        case
            when r.access_key_1_active or r.access_key_2_active then true
            when not r.access_key_1_active and not r.access_key_2_active then false
        end as has_active_key,
        case
            when r.cert_1_active or r.cert_2_active then true
            when not r.cert_1_active and not r.cert_2_active then false
        end as has_active_certificate,
        nullif(greatest(
            coalesce(r.password_last_used_at, timestamp '1970-01-01'),
            coalesce(r.access_key_1_last_used_at, timestamp '1970-01-01'),
            coalesce(r.access_key_2_last_used_at, timestamp '1970-01-01')
        ), timestamp '1970-01-01') as last_used_at,
        (r.password_last_used_at is not null or r.password_last_used_missing <> '')
            and (r.access_key_1_last_used_at is not null or r.access_key_1_last_used_missing <> '')
            and (r.access_key_2_last_used_at is not null or r.access_key_2_last_used_missing <> '') as is_use_known
    from snapshot s
    left join root_account r on r.snapshot_id = s.snapshot_id
)

select
    snapshot_id,
    is_in_report,
    has_mfa,
    has_password,
    is_password_implied,
    is_password_never_used,
    is_password_dated,
    is_key_1_active,
    is_key_1_never_used,
    is_key_2_active,
    is_key_2_never_used,
    has_active_key,
    has_active_certificate,
    not has_password and not has_active_key as is_without_credentials,
    coalesce(is_use_known, false) as is_use_known,
    last_used_at,
    case when last_used_at > captured_at then 0 else date_diff('second', last_used_at, captured_at) end as idle_s,
    date_diff('second', created_at, captured_at) as age_s,
    date_diff('second', password_activity_at, captured_at) as password_idle_s,
    key_1_rotated_at is not null as is_key_1_dated,
    date_diff('second', key_1_rotated_at, captured_at) as key_1_age_s,
    date_diff('second', key_1_activity_at, captured_at) as key_1_idle_s,
    date_diff('second', created_at, key_1_rotated_at) as key_1_gap_s,
    key_2_rotated_at is not null as is_key_2_dated,
    date_diff('second', key_2_rotated_at, captured_at) as key_2_age_s,
    date_diff('second', key_2_activity_at, captured_at) as key_2_idle_s,
    date_diff('second', created_at, key_2_rotated_at) as key_2_gap_s
from root
