-- Title: Date of the census
-- Grain: one row
-- Reads: nothing
-- Counts: as_of, chosen by the reader: the newest snapshot of each account at or before it counts
-- Unknown: NULL: no date was chosen, the newest snapshot of each account counts
-- Why: the same database gives the census of any earlier date
select cast(null as timestamp) as as_of
