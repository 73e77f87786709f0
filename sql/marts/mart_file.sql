-- Title: What became of the files
-- Grain: one row per outcome
-- Reads: source_file
-- Counts: files, and rows read, loaded and refused
-- Why: every row is loaded or refused, and the two add up
select
    outcome,
    count(*) as n_files,
    cast(sum(n_rows_read) as bigint) as n_rows_read,
    cast(sum(n_rows_loaded) as bigint) as n_rows_loaded,
    cast(sum(n_rows_refused) as bigint) as n_rows_refused
from source_file
group by outcome
