-- Title: Users to fix, and users to look at
-- Grain: one row per user and practice that the user violates (not is_unknown) or may violate (is_unknown)
-- Reads: practice_user, practice, stg_user
-- Counts: n_practices, the practices that the user violates, or may violate; oldest_age_s, the longest of their ages; rank over all users and rank_in_organization, from 1: most practices first, then the oldest, each apart for is_unknown
-- Unknown: is_unknown where the verdict is unknown, so that the user is looked at and not fixed; age_s is NULL where the practice has no age, or it is unknown
-- Why: users with the most and oldest violations are fixed first; an unknown user is not clean
with verdicts as (
    select
        v.org_id,
        v.account_id,
        v.user_id,
        v.practice_id,
        p.position,
        v.is_violation is null as is_unknown,
        -- within: a distance, not an age
        case when p.tier_kind = 'older' and v.is_violation then nullif(v.age_low_s, 0) end as age_s
    from practice_user v
    join practice p on p.practice_id = v.practice_id
    where v.is_current and coalesce(v.is_violation, true)
),

users as (
    select
        v.*,
        u.user_name,
        count(*) over (partition by v.user_id, v.is_unknown) as n_practices,
        max(v.age_s) over (partition by v.user_id, v.is_unknown) as oldest_age_s
    from verdicts v
    join stg_user u on u.user_id = v.user_id
)

select
    *,
    dense_rank() over (
        partition by is_unknown
        order by n_practices desc, oldest_age_s desc nulls last, org_id, account_id, user_name, user_id
    ) as rank,
    dense_rank() over (
        partition by is_unknown, org_id
        order by n_practices desc, oldest_age_s desc nulls last, org_id, account_id, user_name, user_id
    ) as rank_in_organization
from users
