-- Title: Issues by kind
-- Grain: one row per kind of issue
-- Reads: stg_issue, mart_data_issue
-- Counts: issues, files, and rows that are not loaded
-- Why: what was not read is reported
with issues as (
    select file_id, kind, remedy, n_rows_refused
    from stg_issue
    union all
    select file_id, kind, remedy, 0
    from mart_data_issue
)

select
    kind,
    count(*) as n_issues,
    count(distinct file_id) as n_files,
    cast(case when sum(n_rows_refused) > 9007199254740991 then 9007199254740991 else sum(n_rows_refused) end as bigint) as n_rows_refused,
    min(remedy) as remedy
from issues
group by kind
