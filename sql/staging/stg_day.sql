-- Title: Days with snapshots
-- Grain: one row per UTC day on which a snapshot in scope was captured
-- Reads: snapshot, scope
-- Counts: as_of is the last second of the day; of the newest day it is the date of the census, so that the last point of a trend is the census
-- Unknown: nothing
-- Why: a trend has one point for each day with new snapshots
with days as (
    select distinct cast(s.captured_at as date) as captured_on
    from snapshot s
    cross join scope
    where scope.as_of is null or s.captured_at <= scope.as_of
),

ranked as (
    select
        captured_on,
        row_number() over (order by captured_on desc) as newness,
        count(*) over () as n_days
    from days
)

select
    cast(r.captured_on as varchar) as label,
    case
        when r.newness = 1 then coalesce(scope.as_of, timestamp '9999-12-31')
        else cast(r.captured_on as timestamp) + interval '86399' second
    end as as_of,
    r.newness,
    r.n_days
from ranked r
cross join scope
