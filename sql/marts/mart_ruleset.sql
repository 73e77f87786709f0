-- Title: The same data under other tools' rules
-- Grain: one row per practice, rule set and rule, and of: units under test (rule) or users (rule_user); rule is NULL where the rule set has none, or checks nothing in this data
-- Reads: practice, ruleset, ruleset_practice, ruleset_by_cluster
-- Counts: of rule, numerator units in violation out of denominator units under test; of rule_user, users with at least one violation out of all users; the sums of rates.sql
-- Unknown: n_unknown units or users whose verdict the data does not tell; they are in the denominator
-- Why: definitions, "Rule sets": tools count different things, so each number has its rule, its unit and how it differs
with clusters as (
    select *
    from ruleset_by_cluster
),

rules as (
    select ruleset_id, practice_id, rule, max(unit) as unit
    from clusters
    group by ruleset_id, practice_id, rule
),

counted as (
    select 'rule' as kind, ruleset_id, practice_id, rule, org_id, numerator, denominator, n_unknown
    from clusters
    union all
    select 'rule_user', ruleset_id, practice_id, rule, org_id, n_users_in_violation, n_users, n_users_unknown
    from clusters
),

rates as (
    select *
    from {rates counted: kind, ruleset_id, practice_id, rule} r
)

select
    p.practice_id,
    p.title as practice_title,
    p.position as practice_position,
    r.ruleset_id,
    r.position as ruleset_position,
    v.rule,
    v.unit,
    k.kind as counted,
    coalesce(c.n_organizations, 0) as n_organizations,
    coalesce(c.n_clusters, 0) as n_clusters,
    coalesce(c.numerator, 0) as numerator,
    coalesce(c.denominator, 0) as denominator,
    coalesce(c.n_unknown, 0) as n_unknown,
    coalesce(c.variance, 0) as variance,
    coalesce(c.variance_upper, 0) as variance_upper,
    coalesce(c.degrees, 0) as degrees,
    coalesce(c.effective_clusters, 0) as effective_clusters,
    d.differs
from practice p
cross join ruleset r
cross join (values ('rule'), ('rule_user')) as k (kind)
left join ruleset_practice d on d.ruleset_id = r.ruleset_id and d.practice_id = p.practice_id
left join rules v on v.ruleset_id = r.ruleset_id and v.practice_id = p.practice_id
left join rates c
    on c.kind = k.kind and c.ruleset_id = v.ruleset_id and c.practice_id = v.practice_id and c.rule = v.rule
