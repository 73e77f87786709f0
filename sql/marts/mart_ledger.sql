-- Title: Files of the database, as a report names them
-- Grain: one row
-- Reads: stg_file, stg_snapshot, stg_document
-- Counts: n_files; captured_until, the time of the newest snapshot or document; sha256 of the sorted hashes of all files, joined by commas
-- Unknown: NULL without files, and captured_until without snapshots and documents
-- Why: a report can be made again from the same files when the database has more
with captured as (
    select captured_at from stg_snapshot
    union all
    select captured_at from stg_document
)

select
    count(*) as n_files,
    (select max(captured_at) from captured) as captured_until,
    sha256(string_agg(sha256, ',' order by sha256)) as sha256
from stg_file
