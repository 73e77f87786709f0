-- Title: The sums that a rate and its interval need
-- Grain: one row per {keys} with units in the denominator
-- Counts: of the clusters (organizations, or accounts where the reader chose accounts) in {relation}, with n_g units and y_g violations in cluster g, n and y in all, r = y/n, h_g = n_g/n, e_g = y_g - r n_g: variance is CR2 (Bell and McCaffrey 2002), the sum of e_g^2 / (1 - h_g) over n^2; degrees are Bell and McCaffrey's degrees of freedom; effective_clusters is n^2 / sum of n_g^2. Variance and degrees are 0 where one cluster has all units
-- Unknown: variance_upper is that of the rate with all n_unknown as violations
-- Why: units come in clusters; the plain variance is too small where clusters differ in size. A text and no view: a view over all rates takes seconds to plan
with totals as (
    select
        *,
        sum(numerator) over of_rate as y,
        sum(denominator) over of_rate as n,
        sum(n_unknown) over of_rate as u
    from {relation}
    where denominator > 0
    window of_rate as (partition by {keys})
),

parts as (
    select
        {keys},
        org_id,
        y,
        n,
        u,
        cast(denominator as double) / n as h,
        numerator - cast(y as double) / n * denominator as e,
        numerator + n_unknown - least(1, cast(y + u as double) / n) * denominator as e_upper
    from totals
),

terms as (
    select
        *,
        case when h < 1 then e * e / (1 - h) else 0 end as v,
        case when h < 1 then e_upper * e_upper / (1 - h) else 0 end as v_upper,
        case when h < 1 then h * h / (1 - h) end as a,
        case when h < 1 then h * h * h * h / ((1 - h) * (1 - h)) end as b
    from parts
)

select
    {keys},
    count(distinct org_id) as n_organizations,
    count(*) as n_clusters,
    cast(max(y) as bigint) as numerator,
    cast(max(n) as bigint) as denominator,
    cast(max(u) as bigint) as n_unknown,
    sum(v) / (cast(max(n) as double) * max(n)) as variance,
    sum(v_upper) / (cast(max(n) as double) * max(n)) as variance_upper,
    coalesce(1 / (sum(h * h) + sum(a) * sum(a) - sum(b)), 0) as degrees,
    1 / sum(h * h) as effective_clusters
from terms
group by {keys}
