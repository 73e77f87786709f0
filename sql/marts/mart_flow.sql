-- Title: Violations between the first and the last of the compared dates
-- Grain: one row per practice and user of the panel with a violation at one of the two dates
-- Reads: stg_panel, stg_user, compared_verdict, practice
-- Counts: still_open: a violation at both dates; fixed: the user is there without the violation; gone: the user is not there any more; new: the user was there without the violation; new_user: the user was not there. Users are matched within the account by user name, exactly
-- Unknown: unknown_now and unknown_before: a violation at one date, and an unknown verdict at the other
-- Why: a rate that stays may hide as many fixed as new violations; violations before = still_open + fixed + gone + unknown_now, and after = still_open + new + new_user + unknown_before
with users as (
    select p.is_first, p.position, p.org_id, p.account_id, u.user_name, u.user_id
    from stg_panel p
    join stg_user u on u.snapshot_id = p.snapshot_id
    where p.part = 'panel' and (p.is_first or p.is_last)
),

verdicts as (
    select u.*, r.practice_id, r.position as practice_position, coalesce(v.is_known, true) as is_known, coalesce(v.is_violation, false) as is_violation
    from users u
    cross join practice r
    left join (
        select position, practice_id, user_id, is_violation, is_violation is not null as is_known
        from compared_verdict
    ) v on v.position = u.position and v.practice_id = r.practice_id and v.user_id = u.user_id
),

-- one row per name: somebody else may have written a name twice
pairs as (
    select
        practice_id,
        practice_position,
        org_id,
        account_id,
        user_name,
        max(case when is_first then user_id end) as user_id_before,
        max(case when not is_first then user_id end) as user_id_after,
        bool_and(is_known) filter (where is_first) as was_known,
        bool_or(is_violation) filter (where is_first) as was_violation,
        bool_and(is_known) filter (where not is_first) as is_known,
        bool_or(is_violation) filter (where not is_first) as is_violation
    from verdicts
    group by practice_id, practice_position, org_id, account_id, user_name
)

select
    practice_id,
    practice_position,
    org_id,
    account_id,
    user_name,
    case
        when was_violation and is_violation then 'still_open'
        when was_violation and user_id_after is null then 'gone'
        when was_violation and not is_known then 'unknown_now'
        when was_violation then 'fixed'
        when user_id_before is null then 'new_user'
        when not was_known then 'unknown_before'
        else 'new'
    end as flow
from pairs
where was_violation or is_violation
