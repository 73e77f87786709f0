-- Title: Each figure in each organization
-- Grain: one row per figure and organization that has units of its denominator
-- Reads: practice_user, account_verdict, stg_figure, stg_user, stg_snapshot
-- Counts: numerator and denominator in units: IAM users, or accounts
-- Unknown: n_unknown of the denominator could be in the numerator
-- Why: the organization is the sampling unit: totals, spreads and intervals all come from this table
with users as (
    select s.org_id, count(*) as n_users
    from stg_user u
    join stg_snapshot s on s.snapshot_id = u.snapshot_id
    where s.is_current
    group by s.org_id
),

users_that_existed as (
    select f.figure_id, s.org_id, count(*) as n_users
    from stg_user u
    join stg_snapshot s on s.snapshot_id = u.snapshot_id
    join stg_figure f on f.denominator = 'existed' and u.age_s > f.edge_s
    where s.is_current
    group by f.figure_id, s.org_id
),

verdicts as (
    select
        f.figure_id,
        u.org_id,
        count(*) as n_applicable,
        count(*) filter (where u.is_violation) as n_violations,
        count(*) filter (
            where case f.kind
                when 'violations' then u.is_violation
                when 'older' then u.age_low_s > f.edge_s
                when 'within' then u.age_high_s <= f.edge_s
                when 'rotating' then u.is_violation and u.age_high_s <= f.edge_s
            end
        ) as numerator,
        count(*) filter (
            where case f.kind
                when 'violations' then u.is_violation is null
                when 'rotating' then u.is_violation
                    and u.age_low_s <= f.edge_s and (u.age_high_s is null or u.age_high_s > f.edge_s)
                else u.age_low_s <= f.edge_s and (u.age_high_s is null or u.age_high_s > f.edge_s)
            end
        ) as n_unknown
    from practice_user u
    join stg_figure f on f.practice_id = u.practice_id
    where u.is_current
    group by f.figure_id, u.org_id
),

figures as (
    select
        f.figure_id,
        f.practice_id,
        u.org_id,
        coalesce(v.numerator, 0) as numerator,
        coalesce(case f.denominator
            when 'all' then u.n_users
            when 'applicable' then v.n_applicable
            when 'existed' then e.n_users
            when 'violations' then v.n_violations
        end, 0) as denominator,
        coalesce(v.n_unknown, 0) as n_unknown
    from stg_figure f
    cross join users u
    left join verdicts v on v.figure_id = f.figure_id and v.org_id = u.org_id
    left join users_that_existed e on e.figure_id = f.figure_id and e.org_id = u.org_id
)

select figure_id, practice_id, org_id, numerator, denominator, n_unknown
from figures
where denominator > 0
union all
select
    figure_id,
    'account',
    org_id,
    count(*) filter (where verdict),
    count(*),
    count(*) filter (where verdict is null)
from account_verdict
group by figure_id, org_id
