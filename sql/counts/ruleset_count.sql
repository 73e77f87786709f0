-- Title: What each rule finds
-- Grain: one row per rule that checks anything in the current snapshots
-- Reads: practice, practice_count, user_count, ruleset_user, stg_snapshot
-- Counts: numerator units in violation out of denominator units under test; n_users_in_violation users with at least one
-- Unknown: n_unknown units whose verdict the data does not tell; they are in the denominator
-- Why: this census is a rule set, too, but its practices are counted already
with practices as (
    select c.practice_id, c.is_violation, sum(c.n_users) as n_users
    from practice_count c
    join stg_snapshot s on s.snapshot_id = c.snapshot_id
    where s.is_current
    group by c.practice_id, c.is_violation
),

users as (
    select sum(c.n_users) as n_users
    from user_count c
    join stg_snapshot s on s.snapshot_id = c.snapshot_id
    where s.is_current
),

rules as (
    select
        'article' as ruleset_id,
        p.practice_id,
        p.practice_id as rule,
        'user' as unit,
        coalesce(sum(c.n_users) filter (where c.is_violation), 0) as numerator,
        max(u.n_users) as denominator,
        coalesce(sum(c.n_users) filter (where c.is_violation is null), 0) as n_unknown,
        coalesce(sum(c.n_users) filter (where c.is_violation), 0) as n_users_in_violation
    from practice p
    cross join users u
    left join practices c on c.practice_id = p.practice_id
    group by p.practice_id
    union all
    select
        r.ruleset_id,
        r.practice_id,
        r.rule,
        max(r.unit),
        sum(r.n_users * (case when r.of_user = 1 then 1 else 0 end + case when r.of_password = 1 then 1 else 0 end
            + case when r.of_key_1 = 1 then 1 else 0 end + case when r.of_key_2 = 1 then 1 else 0 end)),
        sum(r.n_users * (case when r.of_user is null then 0 else 1 end + case when r.of_password is null then 0 else 1 end
            + case when r.of_key_1 is null then 0 else 1 end + case when r.of_key_2 is null then 0 else 1 end)),
        sum(r.n_users * (case when r.of_user = -1 then 1 else 0 end + case when r.of_password = -1 then 1 else 0 end
            + case when r.of_key_1 = -1 then 1 else 0 end + case when r.of_key_2 = -1 then 1 else 0 end)),
        coalesce(sum(r.n_users) filter (where r.user_id is not null and 1 in (r.of_user, r.of_password, r.of_key_1, r.of_key_2)), 0)
    from ruleset_user r
    join stg_snapshot s on s.snapshot_id = r.snapshot_id
    where s.is_current and r.ruleset_id <> 'article'
    group by r.ruleset_id, r.practice_id, r.rule
)

select
    ruleset_id,
    practice_id,
    rule,
    unit,
    cast(numerator as bigint) as numerator,
    cast(denominator as bigint) as denominator,
    cast(n_unknown as bigint) as n_unknown,
    cast(n_users_in_violation as bigint) as n_users_in_violation
from rules
where denominator > 0
