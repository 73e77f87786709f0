-- Title: Rates of the panel at each of the compared dates
-- Grain: one row per compared date and practice
-- Reads: compared_date, practice, mart_panel_cluster
-- Counts: violations over all users of the panel's accounts, each account by its newest snapshot at or before the date; the sums of rates.sql; change_variance, the variance of the difference to the rate of the first date, over n_change_clusters clusters: with d_g = e2_g/n2 - e1_g/n1, G/(G-1) times the sum of d_g^2, as R's svycontrast has it
-- Unknown: n_unknown of the denominator could be in the numerator
-- Why: both ends of a difference are about the same accounts, so its interval is not that of two independent rates
with clusters as (
    select *
    from mart_panel_cluster
),

rates as (
    select *
    from {rates clusters: position, practice_id} r
),

-- e_g / n of each cluster at each date
deviations as (
    select
        c.position,
        c.practice_id,
        c.org_id,
        c.account_id,
        c.denominator,
        (c.numerator - cast(r.numerator as double) / r.denominator * c.denominator) / r.denominator as d
    from clusters c
    join rates r on r.position = c.position and r.practice_id = c.practice_id
),

changes as (
    select
        b.position,
        b.practice_id,
        count(*) as n_clusters,
        cast(count(*) as double) / nullif(count(*) - 1, 0) * sum((b.d - a.d) * (b.d - a.d)) as variance
    from deviations b
    join deviations a
        on a.position = 1 and a.practice_id = b.practice_id and a.org_id = b.org_id and a.account_id = b.account_id
    where b.position > 1 and a.denominator + b.denominator > 0
    group by b.position, b.practice_id
)

select
    d.position,
    d.label,
    p.practice_id,
    coalesce(r.n_organizations, 0) as n_organizations,
    coalesce(r.n_clusters, 0) as n_clusters,
    coalesce(r.numerator, 0) as numerator,
    coalesce(r.denominator, 0) as denominator,
    coalesce(r.n_unknown, 0) as n_unknown,
    coalesce(r.variance, 0) as variance,
    coalesce(r.variance_upper, 0) as variance_upper,
    coalesce(r.degrees, 0) as degrees,
    coalesce(r.effective_clusters, 0) as effective_clusters,
    coalesce(c.n_clusters, 0) as n_change_clusters,
    coalesce(c.variance, 0) as change_variance
from compared_date d
cross join practice p
left join rates r on r.position = d.position and r.practice_id = p.practice_id
left join changes c on c.position = d.position and c.practice_id = p.practice_id
