-- Title: Files by outcome
-- Grain: one row per outcome
-- Reads: stg_file
-- Counts: files, and rows read, loaded and refused
-- Why: every row is loaded or refused, and the two add up
select
    outcome,
    count(*) as n_files,
    cast(sum(n_rows_read) as bigint) as n_rows_read,
    cast(sum(n_rows_loaded) as bigint) as n_rows_loaded,
    cast(sum(n_rows_refused) as bigint) as n_rows_refused
from stg_file
group by outcome
