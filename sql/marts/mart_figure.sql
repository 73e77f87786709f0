-- Title: Each figure over the whole population
-- Grain: one row per figure
-- Reads: figure_by_cluster, figure_by_organization, figure_decile, stg_figure, account_check
-- Counts: numerator and denominator; the sums of rates.sql; the spread over the n_spread organizations with at least 20 units, and the share of violations in the top tenth of organizations, neither with fewer than 10; title is that of an account check
-- Unknown: n_unknown of the denominator could be in the numerator; spread and top tenth leave out organizations with more than 5 % of their units unknown
-- Why: definitions, "Uncertainty": one row has everything that is known about a rate
with figures as (
    select figure_id, practice_id, cast(null as varchar) as title, position, kind, value, unit, 'user' as counted
    from stg_figure
    union all
    select figure_id, 'account', title, position, section, null, null, 'account'
    from account_check
),

rates as (
    select *
    from {rates figure_by_cluster: figure_id} r
),

organizations as (
    select *
    from figure_by_organization
),

deciles as (
    select
        figure_id,
        max(case when decile = 10 then pct end) as p10_pct,
        max(case when decile = 50 then pct end) as median_pct,
        max(case when decile = 90 then pct end) as p90_pct
    from figure_decile
    group by figure_id
),

spread as (
    select figure_id, count(*) as n_spread
    from organizations
    where denominator >= 20 and is_known
    group by figure_id
),

by_violations as (
    select
        figure_id,
        numerator,
        row_number() over (partition by figure_id order by numerator desc, org_id) as place,
        count(*) over (partition by figure_id) as n_organizations
    from organizations
    where is_known
),

top_tenth as (
    select
        figure_id,
        sum(numerator) as n_all,
        sum(numerator) filter (where place <= ceil(n_organizations / 10.0)) as n_top
    from by_violations
    where n_organizations >= 10
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
    coalesce(r.n_organizations, 0) as n_organizations,
    coalesce(r.n_clusters, 0) as n_clusters,
    coalesce(r.numerator, 0) as numerator,
    coalesce(r.denominator, 0) as denominator,
    coalesce(r.n_unknown, 0) as n_unknown,
    coalesce(r.variance, 0) as variance,
    coalesce(r.variance_upper, 0) as variance_upper,
    coalesce(r.degrees, 0) as degrees,
    coalesce(r.effective_clusters, 0) as effective_clusters,
    coalesce(s.n_spread, 0) as n_spread,
    d.p10_pct,
    d.median_pct,
    d.p90_pct,
    case when t.n_all > 0 then cast(t.n_top as double) / t.n_all end as top_tenth_share
from figures f
left join rates r on r.figure_id = f.figure_id
left join spread s on s.figure_id = f.figure_id
left join top_tenth t on t.figure_id = f.figure_id
left join deciles d on d.figure_id = f.figure_id
