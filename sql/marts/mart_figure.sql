-- Title: Each figure over the whole population
-- Grain: one row per figure
-- Reads: figure_by_organization, figure_decile, stg_figure, account_check
-- Counts: numerator and denominator; the sums over organizations that an interval needs; the spread over organizations; title is that of an account check
-- Unknown: n_unknown of the denominator could be in the numerator
-- Why: definitions, "Uncertainty": one row has everything that is known about a rate
with figures as (
    select figure_id, practice_id, cast(null as varchar) as title, position, kind, value, unit, 'user' as counted
    from stg_figure
    union all
    select figure_id, 'account', title, position, section, null, null, 'account'
    from account_check
),

sums as (
    select
        figure_id,
        count(*) as n_organizations,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        sum(n_unknown) as n_unknown,
        sum(cast(numerator as double) * numerator) as sum_yy,
        sum(cast(numerator as double) * denominator) as sum_yn,
        sum(cast(denominator as double) * denominator) as sum_nn
    from figure_by_organization
    group by figure_id
),

by_violations as (
    select
        figure_id,
        numerator,
        row_number() over (partition by figure_id order by numerator desc, org_id) as place,
        count(*) over (partition by figure_id) as n_organizations
    from figure_by_organization
),

top_tenth as (
    select figure_id, sum(numerator) as numerator
    from by_violations
    where place <= ceil(n_organizations / 10.0)
    group by figure_id
)

select
    f.figure_id,
    f.practice_id,
    f.title,
    f.position,
    f.kind,
    f.value,
    f.unit,
    f.counted,
    cast(coalesce(s.n_organizations, 0) as bigint) as n_organizations,
    cast(coalesce(s.numerator, 0) as bigint) as numerator,
    cast(coalesce(s.denominator, 0) as bigint) as denominator,
    cast(coalesce(s.n_unknown, 0) as bigint) as n_unknown,
    coalesce(s.sum_yy, 0) as sum_yy,
    coalesce(s.sum_yn, 0) as sum_yn,
    coalesce(s.sum_nn, 0) as sum_nn,
    p10.pct as p10_pct,
    p50.pct as median_pct,
    p90.pct as p90_pct,
    case when s.numerator > 0 then cast(t.numerator as double) / s.numerator end as top_tenth_share
from figures f
left join sums s on s.figure_id = f.figure_id
left join top_tenth t on t.figure_id = f.figure_id
left join figure_decile p10 on p10.figure_id = f.figure_id and p10.decile = 10
left join figure_decile p50 on p50.figure_id = f.figure_id and p50.decile = 50
left join figure_decile p90 on p90.figure_id = f.figure_id and p90.decile = 90
