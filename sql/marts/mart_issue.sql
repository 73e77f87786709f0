-- Title: What could not be taken as it stood
-- Grain: one row per kind of issue
-- Reads: ingest_issue
-- Counts: issues, files, and rows that are not loaded
-- Why: what is left out is said
select
    kind,
    count(*) as n_issues,
    count(distinct file_id) as n_files,
    cast(sum(n_rows_refused) as bigint) as n_rows_refused,
    min(remedy) as remedy
from ingest_issue
group by kind
