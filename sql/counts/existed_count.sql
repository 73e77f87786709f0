-- Title: Users that existed before each tier
-- Grain: one row per figure and snapshot with such users
-- Reads: user_count, user_credential, practice_user, stg_figure
-- Counts: users that are older than the tier, and those that may be; n_unknown of these may be in the numerator, or not in the denominator
-- Unknown: a user without creation time and without a key older than the tier; n_unknown leaves out those whose verdict at the tier is unknown, which are counted there
-- Why: definitions, "Age tiers": every numerator is part of its denominator
with certain as (
    select f.figure_id, c.snapshot_id, sum(c.n_users) as n_users, 0 as n_unknown
    from user_count c
    join stg_figure f on f.denominator = 'existed' and c.age_tier >= f.tier
    group by f.figure_id, c.snapshot_id
),

undated as (
    select snapshot_id, user_id, age_s
    from user_credential
    where not is_created_known
),

possible as (
    select f.figure_id, u.snapshot_id, count(*) as n_users, count(*) - count(p.user_id) as n_unknown
    from undated u
    join stg_figure f on f.denominator = 'existed' and (u.age_s is null or u.age_s <= f.tier_s)
    left join practice_user p on p.user_id = u.user_id
        and p.practice_id = f.practice_id
        and p.age_low_s <= f.tier_s
        and (p.age_high_s is null or p.age_high_s > f.tier_s)
    group by f.figure_id, u.snapshot_id
)

select figure_id, snapshot_id, sum(n_users) as n_users, sum(n_unknown) as n_unknown
from (
    select * from certain
    union all
    select * from possible
) users
group by figure_id, snapshot_id
