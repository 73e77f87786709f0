-- Title: Files by outcome
-- Grain: one row per outcome
-- Reads: stg_file
-- Counts: files, and rows read, loaded and refused
-- Why: every row is loaded or refused, and the two add up
select
    outcome,
    count(*) as n_files,
    cast(case when sum(n_rows_read) > 9007199254740991 then 9007199254740991 else sum(n_rows_read) end as bigint) as n_rows_read,
    cast(case when sum(n_rows_loaded) > 9007199254740991 then 9007199254740991 else sum(n_rows_loaded) end as bigint) as n_rows_loaded,
    cast(case when sum(n_rows_refused) > 9007199254740991 then 9007199254740991 else sum(n_rows_refused) end as bigint) as n_rows_refused
from stg_file
group by outcome
