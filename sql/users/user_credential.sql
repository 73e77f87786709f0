-- Title: Each user with all credentials together
-- Grain: one row per IAM user of a snapshot
-- Reads: stg_user, stg_access_key
-- Counts: n_keys and n_credentials certainly enabled ones, ..._at_most those that may be; a time span in seconds lies between its _low_s and its _high_s
-- Unknown: a low bound is 0 and a high bound is NULL where nothing is known
-- Why: the practices look at the same few facts of a user, and these are gathered once; a user has two keys at the most
with keys as (
    select
        user_id,
        count(*) filter (where is_active) as n_keys,
        count(*) as n_keys_at_most,
        coalesce(max(age_s) filter (where is_active), 0) as oldest_low_s,
        case when count(age_s) = count(*) then max(age_s) end as oldest_high_s,
        case when count(age_s) = count(*) then min(age_s) else 0 end as youngest_low_s,
        min(age_s) as youngest_high_s,
        case when count(idle_s) = count(*) then min(idle_s) else 0 end as idle_low_s,
        min(idle_s) filter (where is_active) as idle_high_s,
        case when count(last_rotated_at) = count(*) then min(last_rotated_at) end as first_made_at,
        max(last_rotated_at) as last_made_at,
        min(last_rotated_at) filter (where is_active) as first_active_made_at,
        max(last_rotated_at) filter (where is_active) as last_active_made_at
    from stg_access_key
    group by user_id
),

users as (
    select
        u.user_id,
        u.snapshot_id,
        u.has_password,
        u.has_mfa,
        u.age_s,
        coalesce(k.n_keys, 0) as n_keys,
        coalesce(k.n_keys_at_most, 0) as n_keys_at_most,
        k.oldest_low_s,
        k.oldest_high_s,
        k.youngest_low_s,
        k.youngest_high_s,
        abs(date_diff('second', u.created_at, k.first_made_at)) as first_gap_s,
        abs(date_diff('second', u.created_at, k.last_made_at)) as last_gap_s,
        abs(date_diff('second', u.created_at, k.first_active_made_at)) as first_active_gap_s,
        abs(date_diff('second', u.created_at, k.last_active_made_at)) as last_active_gap_s,
        coalesce(k.n_keys, 0) + case when u.has_password then 1 else 0 end as n_credentials,
        coalesce(k.n_keys_at_most, 0) + case when u.has_password is null or u.has_password then 1 else 0 end as n_credentials_at_most,
        case
            when not u.has_password then k.idle_low_s
            when k.n_keys_at_most is null or u.password_idle_s < k.idle_low_s then coalesce(u.password_idle_s, 0)
            when u.password_idle_s is null then 0
            else k.idle_low_s
        end as idle_low_s,
        case
            when u.has_password and (k.idle_high_s is null or u.password_idle_s < k.idle_high_s)
                then u.password_idle_s
            else k.idle_high_s
        end as idle_high_s
    from stg_user u
    left join keys k on k.user_id = u.user_id
)

select
    user_id,
    snapshot_id,
    has_password,
    has_mfa,
    age_s,
    n_keys,
    n_keys_at_most,
    oldest_low_s,
    oldest_high_s,
    youngest_low_s,
    youngest_high_s,
    case when first_gap_s < last_gap_s then first_gap_s else case when first_gap_s is null then 0 else last_gap_s end end as gap_low_s,
    case when first_active_gap_s < last_active_gap_s then first_active_gap_s else last_active_gap_s end as gap_high_s,
    n_credentials,
    n_credentials_at_most,
    case when n_credentials > 0 then coalesce(idle_low_s, 0) else 0 end as idle_low_s,
    idle_high_s
from users
