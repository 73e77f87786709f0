-- Title: Where the data come from
-- Grain: one row per note
-- Reads: stg_snapshot
-- Counts: accounts whose manifest says so
-- Why: data that somebody made must say that they are made
select source_note, count(*) as n_accounts
from stg_snapshot
where is_current and source_note is not null
group by source_note
