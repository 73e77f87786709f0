-- Title: Rates of the panel at each of the compared dates
-- Grain: one row per compared date and practice
-- Reads: compared_date, practice, compared_verdict, stg_panel, stg_user
-- Counts: violations over all users of the panel's accounts, each account by its newest snapshot at or before the date; the sums over organizations that tell whether a rate may be printed
-- Unknown: n_unknown of the denominator could be in the numerator
-- Why: both ends of a difference are about the same accounts
with users as (
    select p.position, p.org_id, count(*) as n_users
    from stg_panel p
    join stg_user u on u.snapshot_id = p.snapshot_id
    where p.part = 'panel'
    group by p.position, p.org_id
),

verdicts as (
    select
        position,
        practice_id,
        org_id,
        count(*) filter (where is_violation) as n_violations,
        count(*) filter (where is_violation is null) as n_unknown
    from compared_verdict
    group by position, practice_id, org_id
),

sums as (
    select
        u.position,
        r.practice_id,
        count(*) as n_organizations,
        sum(v.n_violations) as numerator,
        sum(u.n_users) as denominator,
        sum(v.n_unknown) as n_unknown,
        sum(cast(v.n_violations as double) * v.n_violations) as sum_yy,
        sum(cast(v.n_violations as double) * u.n_users) as sum_yn,
        sum(cast(u.n_users as double) * u.n_users) as sum_nn
    from users u
    cross join practice r
    left join verdicts v on v.position = u.position and v.org_id = u.org_id and v.practice_id = r.practice_id
    group by u.position, r.practice_id
)

select
    d.position,
    d.label,
    r.practice_id,
    coalesce(s.n_organizations, 0) as n_organizations,
    cast(coalesce(s.numerator, 0) as bigint) as numerator,
    cast(coalesce(s.denominator, 0) as bigint) as denominator,
    cast(coalesce(s.n_unknown, 0) as bigint) as n_unknown,
    coalesce(s.sum_yy, 0) as sum_yy,
    coalesce(s.sum_yn, 0) as sum_yn,
    coalesce(s.sum_nn, 0) as sum_nn
from compared_date d
cross join practice r
left join sums s on s.position = d.position and s.practice_id = r.practice_id
