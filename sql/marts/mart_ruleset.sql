-- Title: The same data under the rules of others
-- Grain: one row per practice, rule set and rule; rule is NULL where the rule set has none, or tests nothing in these data
-- Reads: practice, ruleset, ruleset_practice, ruleset_verdict, stg_user, stg_snapshot
-- Counts: numerator units in violation out of denominator units under test; beside them the users with at least one violation out of all users
-- Unknown: n_unknown units whose verdict the data cannot give; they are in the denominator
-- Why: definitions, "Rule sets": nobody counts the same thing, so a number comes with its rule, its unit and the words of difference
with users as (
    select count(*) as n_users
    from stg_user u
    join stg_snapshot s on s.snapshot_id = u.snapshot_id
    where s.is_current
),

verdicts as (
    select
        ruleset_id,
        practice_id,
        rule,
        max(unit) as unit,
        count(*) filter (where is_violation) as numerator,
        count(*) as denominator,
        count(*) filter (where is_violation is null) as n_unknown,
        -- only a unit in a slot can hit its user twice
        count(user_id) filter (where is_violation and slot is null)
            + count(distinct case when is_violation and slot is not null then user_id end) as n_users_in_violation
    from ruleset_verdict
    where is_current
    group by ruleset_id, practice_id, rule
)

select
    p.practice_id,
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
    u.n_users,
    d.differs
from practice p
cross join ruleset r
cross join users u
left join ruleset_practice d on d.ruleset_id = r.ruleset_id and d.practice_id = p.practice_id
left join verdicts v on v.ruleset_id = r.ruleset_id and v.practice_id = p.practice_id
