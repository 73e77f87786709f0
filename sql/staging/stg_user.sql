-- Title: IAM users with their ages
-- Grain: one row per IAM user of a snapshot
-- Reads: iam_user, user_arn, snapshot
-- Counts: ages in seconds at the time of the snapshot; password_activity_at is the last use, or for a password never used its last change, or else the creation of the user
-- Unknown: arn is NULL where the report has none, is_without_path also where the path cannot be derived from the name; password_idle_s and is_password_never_used are NULL where the last use is unknown, is_password_dated where the last change is
-- Why: definitions, "unused_user": the activity of a password
with activity as (
    select
        u.*,
        s.captured_at,
        case
            when a.user_id is not null and a.path is null then a.irregular_arn
            else 'arn:' || s.partition || ':iam::' || s.account_id || ':user' || coalesce(a.path, '/') || u.user_name
        end as arn,
        case when a.user_id is null then true when a.path is not null then false end as is_without_path,
        case
            when u.password_last_used_at is not null then u.password_last_used_at
            when u.password_last_used_missing <> '' then coalesce(u.password_last_changed_at, u.created_at)
        end as password_activity_at
    from iam_user u
    join snapshot s on s.snapshot_id = u.snapshot_id
    left join user_arn a on a.user_id = u.user_id
)

select
    user_id,
    snapshot_id,
    user_name,
    arn,
    is_without_path,
    created_at,
    password_enabled as has_password,
    mfa_active as has_mfa,
    coalesce(has_more_credentials, false) as has_more_credentials,
    password_activity_at,
    case
        when password_last_used_at is not null then false
        when password_last_used_missing <> '' then true
    end as is_password_never_used,
    case
        when password_last_changed_at is not null then true
        when password_last_changed_missing <> '' then false
    end as is_password_dated,
    case when created_at > captured_at then 0 else date_diff('second', created_at, captured_at) end as age_s,
    case
        when password_activity_at > captured_at then 0
        else date_diff('second', password_activity_at, captured_at)
    end as password_idle_s
from activity
