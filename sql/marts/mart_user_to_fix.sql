-- Title: Users who violate a practice
-- Grain: one row per user and practice that the user violates
-- Reads: practice_user, practice, stg_user
-- Counts: n_violations, the practices that the user violates; oldest_age_s, the longest of their ages
-- Unknown: what nobody knows is no violation; age_s is NULL where the practice has no age or nobody knows it
-- Why: whoever violates most, and for longest, is fixed first
with violations as (
    select
        org_id,
        account_id,
        user_id,
        practice_id,
        -- of no_initial_key it is no age, but a distance
        case when practice_id <> 'no_initial_key' then nullif(age_low_s, 0) end as age_s
    from practice_user
    where is_current and is_violation
)

select
    v.org_id,
    v.account_id,
    v.user_id,
    u.user_name,
    v.practice_id,
    p.position,
    v.age_s,
    count(*) over (partition by v.user_id) as n_violations,
    max(v.age_s) over (partition by v.user_id) as oldest_age_s
from violations v
join practice p on p.practice_id = v.practice_id
join stg_user u on u.user_id = v.user_id
