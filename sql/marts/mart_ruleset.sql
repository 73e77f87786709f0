-- Title: The same data under other tools' rules
-- Grain: one row per practice, rule set and rule; rule is NULL where the rule set has none, or checks nothing in this data
-- Reads: practice, ruleset, ruleset_practice, ruleset_count, user_count, stg_snapshot
-- Counts: numerator units in violation out of denominator units under test; beside them the users with at least one violation out of all users
-- Unknown: n_unknown units whose verdict the data does not tell; they are in the denominator
-- Why: definitions, "Rule sets": tools count different things, so each number has its rule, its unit and how it differs
with users as (
    select coalesce(sum(c.n_users), 0) as n_users
    from user_count c
    join stg_snapshot s on s.snapshot_id = c.snapshot_id
    where s.is_current
)

select
    p.practice_id,
    p.title as practice_title,
    p.position as practice_position,
    r.ruleset_id,
    r.position as ruleset_position,
    v.rule,
    v.unit,
    coalesce(v.numerator, 0) as numerator,
    coalesce(v.denominator, 0) as denominator,
    coalesce(v.n_unknown, 0) as n_unknown,
    100.0 * v.numerator / v.denominator as pct,
    coalesce(v.n_users_in_violation, 0) as n_users_in_violation,
    cast(u.n_users as bigint) as n_users,
    d.differs
from practice p
cross join ruleset r
cross join users u
left join ruleset_practice d on d.ruleset_id = r.ruleset_id and d.practice_id = p.practice_id
left join ruleset_count v on v.ruleset_id = r.ruleset_id and v.practice_id = p.practice_id
