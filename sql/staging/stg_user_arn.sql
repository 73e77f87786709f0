-- Title: The ARNs of IAM users
-- Grain: one row per IAM user of a snapshot
-- Reads: iam_user, user_arn, snapshot
-- Counts: nothing
-- Unknown: arn is NULL where the report has none; path is NULL there, and where it cannot be told from the name
-- Why: most ARNs follow from the account and the name, so that only the others are stored
select
    u.user_id,
    u.snapshot_id,
    case when a.user_id is null then '/' else a.path end as path,
    case
        when a.user_id is not null and a.path is null then a.irregular_arn
        else 'arn:' || s.partition || ':iam::' || s.account_id || ':user' || coalesce(a.path, '/') || u.user_name
    end as arn
from iam_user u
join snapshot s on s.snapshot_id = u.snapshot_id
left join user_arn a on a.user_id = u.user_id
