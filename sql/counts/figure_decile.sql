-- Title: Deciles of the organizations' rates
-- Grain: one row per figure and decile, 0 to 100; none with fewer than 10 organizations
-- Reads: figure_by_organization
-- Counts: pct, the rate that this percentage of the organizations does not exceed, over the n_organizations with at least 20 units in the denominator
-- Unknown: organizations with more than 5 % of their units unknown are left out; in the others unknown units count as no violation
-- Why: to place one organization among the others; the deciles 0 and 100 are the rates of single organizations
with by_rate as (
    select
        figure_id,
        1e2 * numerator / denominator as pct,
        row_number() over (partition by figure_id order by cast(numerator as double) / denominator, org_id) - 1 as place,
        count(*) over (partition by figure_id) as n_organizations
    from figure_by_organization
    where denominator >= 20 and is_known
),

deciles as (
    select decile
    from (values (0), (10), (20), (30), (40), (50), (60), (70), (80), (90), (100)) as ten (decile)
),

-- how far each organization's place is from that of the decile
places as (
    select
        r.figure_id,
        r.pct,
        r.n_organizations,
        d.decile,
        abs(r.place - (r.n_organizations - 1) * d.decile * 0.01) as distance
    from by_rate r
    cross join deciles d
    where r.n_organizations >= 10
)

-- linear between the two neighbours, as R's type 7 and quantile_cont do
select
    figure_id,
    decile,
    sum(pct * (1 - distance)) as pct,
    max(n_organizations) as n_organizations
from places
where distance < 1
group by figure_id, decile
