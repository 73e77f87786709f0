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

pairs as (
    select
        coalesce(b.practice_id, a.practice_id) as practice_id,
        coalesce(b.practice_position, a.practice_position) as practice_position,
        coalesce(b.org_id, a.org_id) as org_id,
        coalesce(b.account_id, a.account_id) as account_id,
        coalesce(b.user_name, a.user_name) as user_name,
        b.user_id as user_id_before,
        a.user_id as user_id_after,
        b.is_known as was_known,
        b.is_violation as was_violation,
        a.is_known,
        a.is_violation
    from (select * from verdicts where is_first) b
    full join (select * from verdicts where not is_first) a
        on a.practice_id = b.practice_id and a.org_id = b.org_id
        and a.account_id = b.account_id and a.user_name = b.user_name
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
