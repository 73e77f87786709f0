-- Title: Date and sampling unit of the census
-- Grain: one row
-- Reads: nothing
-- Counts: as_of, chosen by the reader: the newest snapshot of each account at or before it counts; sampling_unit: organization or account, by which sums for intervals are grouped
-- Unknown: as_of is NULL: no date was chosen, the newest snapshot of each account counts
-- Why: the same database gives the census of any earlier date; with few organizations a reader may take the account as the sampling unit
select
    cast(null as timestamp) as as_of,
    'organization' as sampling_unit
