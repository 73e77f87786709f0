-- Title: IAM users with their ages at the snapshot's time
-- Grain: one row per IAM user of a snapshot
-- Reads: iam_user, snapshot
-- Counts: password_activity_at is the last use, or for a password never used its last change, or else the user's creation
-- Unknown: password_idle_s is NULL where the last use is not known
-- Why: definitions, "unused_user": the activity of a password
with activity as (
    select
        u.*,
        s.captured_at,
        case
            when u.password_last_used_at is not null then u.password_last_used_at
            when u.password_last_used_word <> '' then coalesce(u.password_last_changed_at, u.created_at)
        end as password_activity_at
    from iam_user u
    join snapshot s on s.snapshot_id = u.snapshot_id
)

select
    user_id,
    snapshot_id,
    user_name,
    created_at,
    password_enabled as has_password,
    mfa_active as has_mfa,
    password_activity_at,
    case when created_at > captured_at then 0 else date_diff('second', created_at, captured_at) end as age_s,
    case
        when password_activity_at > captured_at then 0
        else date_diff('second', password_activity_at, captured_at)
    end as password_idle_s
from activity
