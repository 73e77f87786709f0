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
    select snapshot_id, user_id, {tier existed: age_s} as age_tier
    from user_credential
    where not is_created_known
),

undated_count as (
    select snapshot_id, age_tier, count(*) as n_users
    from undated
    group by snapshot_id, age_tier
),

verdict_count as (
    select
        p.practice_id,
        u.snapshot_id,
        u.age_tier,
        {tier existed: p.age_low_s} as low_tier,
        {tier existed: p.age_high_s} as high_tier,
        count(*) as n_users
    from undated u
    join practice_user p on p.user_id = u.user_id
    where p.practice_id in (select practice_id from stg_figure where denominator = 'existed')
    group by p.practice_id, u.snapshot_id, u.age_tier, low_tier, high_tier
),

possible as (
    select f.figure_id, c.snapshot_id, c.n_users, c.n_users as n_unknown
    from undated_count c
    join stg_figure f on f.denominator = 'existed' and (c.age_tier is null or c.age_tier < f.tier)
    union all
    select f.figure_id, v.snapshot_id, 0, -v.n_users
    from verdict_count v
    join stg_figure f on f.denominator = 'existed' and (v.age_tier is null or v.age_tier < f.tier)
        and v.practice_id = f.practice_id
        and v.low_tier < f.tier
        and (v.high_tier is null or v.high_tier >= f.tier)
)

select figure_id, snapshot_id, sum(n_users) as n_users, sum(n_unknown) as n_unknown
from (
    select * from certain
    union all
    select * from possible
) users
group by figure_id, snapshot_id
