-- Title: Issues
-- Grain: one row per issue
-- Reads: ingest_issue
-- Counts: rows that are not loaded because of the issue
-- Unknown: nothing
-- Why: what was not read is reported
select
    file_id,
    kind,
    remedy,
    n_rows_refused
from ingest_issue
