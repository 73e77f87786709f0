-- Title: Origin of the data
-- Grain: one row per note
-- Reads: stg_snapshot
-- Counts: accounts whose manifest has the note
-- Why: synthetic data is named as such
select source_note, count(*) as n_accounts
from stg_snapshot
where is_current and source_note is not null
group by source_note
