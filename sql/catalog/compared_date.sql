-- Title: Dates to compare
-- Grain: one row per date, filled when dates are compared: two dates, or the days of a trend
-- Reads: nothing
-- Counts: position from 1, the earliest; as_of, the date of a census
-- Why: rates are compared over the same accounts at each date
select
    cast(null as integer) as position,
    cast(null as varchar) as label,
    cast(null as timestamp) as as_of
where false
