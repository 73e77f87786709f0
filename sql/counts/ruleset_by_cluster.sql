-- Title: What each rule finds in each cluster
-- Grain: one row per rule that checks anything in the current snapshots, and cluster: an organization, or an account where the reader chose accounts
-- Reads: practice, practice_count, user_count, ruleset_user, stg_snapshot
-- Counts: numerator units in violation out of denominator units under test; n_users_in_violation users with at least one out of n_users
-- Unknown: n_unknown units whose verdict the data does not tell, and n_users_unknown users without a violation but with such a unit; they are in the denominators
-- Why: rates under other rules are printed or withheld as those of the practices; this census is a rule set, too, but its practices are counted already
with clusters as (
    select snapshot_id, org_id, cluster_account_id as account_id
    from stg_snapshot
    where is_current
),

users as (
    select c.org_id, c.account_id, coalesce(sum(u.n_users), 0) as n_users
    from clusters c
    left join user_count u on u.snapshot_id = c.snapshot_id
    group by c.org_id, c.account_id
),

practices as (
    select
        p.practice_id,
        c.org_id,
        c.account_id,
        sum(p.n_users) filter (where p.is_violation) as n_violations,
        sum(p.n_users) filter (where p.is_violation is null) as n_unknown
    from practice_count p
    join clusters c on c.snapshot_id = p.snapshot_id
    group by p.practice_id, c.org_id, c.account_id
),

tested as (
    select
        r.ruleset_id,
        r.practice_id,
        r.rule,
        c.org_id,
        c.account_id,
        r.unit,
        r.n_users,
        r.user_id is not null as is_user,
        case when r.of_user = 1 then 1 else 0 end + case when r.of_password = 1 then 1 else 0 end
            + case when r.of_key_1 = 1 then 1 else 0 end + case when r.of_key_2 = 1 then 1 else 0 end as n_violations,
        case when r.of_user = -1 then 1 else 0 end + case when r.of_password = -1 then 1 else 0 end
            + case when r.of_key_1 = -1 then 1 else 0 end + case when r.of_key_2 = -1 then 1 else 0 end as n_unknown,
        case when r.of_user is null then 0 else 1 end + case when r.of_password is null then 0 else 1 end
            + case when r.of_key_1 is null then 0 else 1 end + case when r.of_key_2 is null then 0 else 1 end as n_tested
    from ruleset_user r
    join clusters c on c.snapshot_id = r.snapshot_id
    where r.ruleset_id <> 'article'
),

counts as (
    select
        ruleset_id,
        practice_id,
        rule,
        org_id,
        account_id,
        sum(n_users * n_violations) as numerator,
        sum(n_users * n_tested) as denominator,
        sum(n_users * n_unknown) as n_unknown,
        sum(n_users) filter (where is_user and n_violations > 0) as n_users_in_violation,
        sum(n_users) filter (where is_user and n_violations = 0 and n_unknown > 0) as n_users_unknown
    from tested
    group by ruleset_id, practice_id, rule, org_id, account_id
),

rules as (
    select ruleset_id, practice_id, rule, max(unit) as unit
    from tested
    where n_tested > 0
    group by ruleset_id, practice_id, rule
)

select
    r.ruleset_id,
    r.practice_id,
    r.rule,
    r.unit,
    u.org_id,
    u.account_id,
    cast(coalesce(c.numerator, 0) as bigint) as numerator,
    cast(coalesce(c.denominator, 0) as bigint) as denominator,
    cast(coalesce(c.n_unknown, 0) as bigint) as n_unknown,
    cast(coalesce(c.n_users_in_violation, 0) as bigint) as n_users_in_violation,
    cast(coalesce(c.n_users_unknown, 0) as bigint) as n_users_unknown,
    cast(u.n_users as bigint) as n_users
from rules r
cross join users u
left join counts c
    on c.ruleset_id = r.ruleset_id and c.practice_id = r.practice_id and c.rule = r.rule
    and c.org_id = u.org_id and c.account_id = u.account_id
union all
select
    'article',
    p.practice_id,
    p.practice_id,
    'user',
    u.org_id,
    u.account_id,
    cast(coalesce(c.n_violations, 0) as bigint),
    cast(u.n_users as bigint),
    cast(coalesce(c.n_unknown, 0) as bigint),
    cast(coalesce(c.n_violations, 0) as bigint),
    cast(coalesce(c.n_unknown, 0) as bigint),
    cast(u.n_users as bigint)
from practice p
cross join users u
left join practices c on c.practice_id = p.practice_id and c.org_id = u.org_id and c.account_id = u.account_id
