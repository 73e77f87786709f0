-- Title: Each figure in each organization
-- Grain: one row per figure and organization with units in the denominator
-- Reads: practice_count, user_count, account_verdict, stg_figure, stg_snapshot
-- Counts: numerator and denominator in units: IAM users, or accounts
-- Unknown: n_unknown of the denominator could be in the numerator
-- Why: the organization is the sampling unit: totals, spreads and intervals are computed from this table
with users as (
    select s.org_id, sum(c.n_users) as n_users
    from user_count c
    join stg_snapshot s on s.snapshot_id = c.snapshot_id
    where s.is_current
    group by s.org_id
),

users_that_existed as (
    select f.figure_id, s.org_id, sum(c.n_users) as n_users
    from user_count c
    join stg_snapshot s on s.snapshot_id = c.snapshot_id
    join stg_figure f on f.denominator = 'existed' and c.age_tier >= f.tier
    where s.is_current
    group by f.figure_id, s.org_id
),

counts as (
    select s.org_id, c.practice_id, c.is_violation, c.low_tier, c.high_tier, sum(c.n_users) as n_users
    from practice_count c
    join stg_snapshot s on s.snapshot_id = c.snapshot_id
    where s.is_current
    group by s.org_id, c.practice_id, c.is_violation, c.low_tier, c.high_tier
),

verdicts as (
    select
        f.figure_id,
        c.org_id,
        sum(c.n_users) as n_applicable,
        sum(c.n_users) filter (where c.is_violation) as n_violations,
        sum(c.n_users) filter (
            where case f.kind
                when 'violations' then c.is_violation
                when 'older' then c.low_tier >= f.tier
                when 'within' then c.high_tier < f.tier
                when 'rotating' then c.is_violation and c.high_tier < f.tier
            end
        ) as numerator,
        sum(c.n_users) filter (
            where case f.kind
                when 'violations' then c.is_violation is null
                when 'rotating' then c.is_violation and c.low_tier < f.tier and (c.high_tier is null or c.high_tier >= f.tier)
                else c.low_tier < f.tier and (c.high_tier is null or c.high_tier >= f.tier)
            end
        ) as n_unknown
    from counts c
    join stg_figure f on f.practice_id = c.practice_id
    group by f.figure_id, c.org_id
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

select
    figure_id,
    practice_id,
    org_id,
    cast(numerator as bigint) as numerator,
    cast(denominator as bigint) as denominator,
    cast(n_unknown as bigint) as n_unknown
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
