-- Title: Files that were read
-- Grain: one row per file
-- Reads: source_file
-- Counts: outcome; rows read, loaded and refused
-- Unknown: org_id and account_id are NULL where no manifest, folder or flag names them
-- Why: the ledger has more columns, which only a load needs
select
    sha256,
    path,
    org_id,
    account_id,
    outcome,
    n_rows_read,
    n_rows_loaded,
    n_rows_refused
from source_file
