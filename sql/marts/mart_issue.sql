-- Title: Issues by kind
-- Grain: one row per kind of issue
-- Reads: stg_issue
-- Counts: issues, files, and rows that are not loaded
-- Why: what was not read is reported
select
    kind,
    count(*) as n_issues,
    count(distinct file_id) as n_files,
    cast(sum(n_rows_refused) as bigint) as n_rows_refused,
    min(remedy) as remedy
from stg_issue
group by kind
