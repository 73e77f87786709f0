-- Title: Users to fix
-- Grain: one row per user and practice that the user violates
-- Reads: practice_user, practice, stg_user
-- Counts: n_violations, the practices that the user violates; oldest_age_s, the longest of their ages; rank over all users and rank_in_organization, from 1: most violations first, then the oldest
-- Unknown: an unknown verdict is not a violation; age_s is NULL where the practice has no age, or it is unknown
-- Why: users with the most and oldest violations are fixed first
with violations as (
    select
        v.org_id,
        v.account_id,
        v.user_id,
        v.practice_id,
        p.position,
        -- within: a distance, not an age
        case when p.tier_kind = 'older' then nullif(v.age_low_s, 0) end as age_s
    from practice_user v
    join practice p on p.practice_id = v.practice_id
    where v.is_current and v.is_violation
),

users as (
    select
        v.*,
        u.user_name,
        count(*) over (partition by v.user_id) as n_violations,
        max(v.age_s) over (partition by v.user_id) as oldest_age_s
    from violations v
    join stg_user u on u.user_id = v.user_id
)

select
    *,
    dense_rank() over (
        order by n_violations desc, oldest_age_s desc nulls last, org_id, account_id, user_name, user_id
    ) as rank,
    dense_rank() over (
        partition by org_id
        order by n_violations desc, oldest_age_s desc nulls last, org_id, account_id, user_name, user_id
    ) as rank_in_organization
from users
