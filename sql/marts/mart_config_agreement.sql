-- Title: Comparison with AWS Config
-- Grain: one row per practice and user with a result of AWS Config
-- Reads: config_verdict, practice_user, stg_snapshot, stg_user
-- Counts: ours and theirs, side by side
-- Unknown: ours is NULL where our data does not tell; user_id is NULL where the credential report has no such user
-- Why: two methods on the same users; where they differ, both reasons are given
with users as (
    select s.org_id, s.account_id, u.user_name, min(u.user_id) as user_id
    from stg_user u
    join stg_snapshot s on s.snapshot_id = u.snapshot_id
    where s.is_current and (s.org_id, s.account_id, u.user_name) in (select org_id, account_id, user_name from config_verdict)
    group by s.org_id, s.account_id, u.user_name
)

select
    c.practice_id,
    c.org_id,
    c.account_id,
    c.aws_user_id,
    coalesce(c.user_name, u.user_name) as user_name,
    u.user_id,
    case when u.user_id is null then null when p.user_id is null then false else p.is_violation end as ours,
    c.is_violation as theirs,
    c.result,
    c.annotation,
    c.difference,
    case
        when u.user_id is null then 'not in the credential report'
        when p.user_id is not null and p.is_violation is null then 'unknown to us'
        when c.is_violation is null then 'unknown to AWS Config'
        when coalesce(p.is_violation, false) = c.is_violation then 'agree'
        when c.is_violation then 'only AWS Config'
        else 'only iamcensus'
    end as outcome
from config_verdict c
left join users u on u.org_id = c.org_id and u.account_id = c.account_id and u.user_name = c.user_name
left join practice_user p on p.practice_id = c.practice_id and p.user_id = u.user_id
