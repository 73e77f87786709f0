-- Title: Root users
-- Grain: one row per snapshot
-- Reads: snapshot, root_account
-- Counts: last_used_at over password and keys
-- Unknown: every flag is NULL where the snapshot shows no root row
-- Why: the article's methodology; until 2023 a report says not_supported of root's password: it has one
with root as (
    select
        s.snapshot_id,
        s.captured_at,
        r.mfa_active,
        coalesce(r.password_enabled, case when r.password_enabled_word = 'not_supported' then true end) as has_password,
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
        (r.password_last_used_at is not null or r.password_last_used_word <> '')
            and (r.access_key_1_last_used_at is not null or r.access_key_1_last_used_word <> '')
            and (r.access_key_2_last_used_at is not null or r.access_key_2_last_used_word <> '') as is_use_known
    from snapshot s
    left join root_account r on r.snapshot_id = s.snapshot_id
)

select
    snapshot_id,
    mfa_active as has_mfa,
    has_password,
    has_active_key,
    has_active_certificate,
    not has_password and not has_active_key as is_without_credentials,
    coalesce(is_use_known, false) as is_use_known,
    last_used_at,
    case when last_used_at > captured_at then 0 else date_diff('second', last_used_at, captured_at) end as idle_s
from root
