-- Title: Access keys with their ages
-- Grain: one row per slot of an IAM user that holds a key, or may hold one
-- Reads: access_key, snapshot
-- Counts: ages in seconds at the time of the snapshot; activity_at is the last use, or for a key never used its last rotation; is_dated: the report has a time of rotation
-- Unknown: age_s and idle_s are NULL where the time is unknown, is_never_used and is_dated where the cell is
-- Why: definitions, "unused_user": the activity of a key
with activity as (
    select
        k.*,
        s.captured_at,
        case
            when k.last_used_at is not null then k.last_used_at
            when k.last_used_missing <> '' then k.last_rotated_at
        end as activity_at
    from access_key k
    join snapshot s on s.snapshot_id = k.snapshot_id
)

select
    user_id,
    snapshot_id,
    slot,
    is_active,
    last_rotated_at,
    activity_at,
    case when last_rotated_at > captured_at then 0 else date_diff('second', last_rotated_at, captured_at) end as age_s,
    case when activity_at > captured_at then 0 else date_diff('second', activity_at, captured_at) end as idle_s,
    case when last_used_at is not null then false when last_used_missing <> '' then true end as is_never_used,
    case when last_rotated_at is not null then true when last_rotated_missing <> '' then false end as is_dated
from activity
