-- Rows read are rows loaded and rows refused, for every file and in all;
-- every refused row has an issue; every loaded row is in a table.
select 'file' as of, path as which from source_file where n_rows_read <> n_rows_loaded + n_rows_refused
union all
select 'refused', f.path
from source_file f
left join (select file_id, sum(n_rows_refused) as n from ingest_issue group by file_id) i on i.file_id = f.file_id
where f.n_rows_refused <> coalesce(i.n, 0)
union all
select 'loaded', 'all files'
where (select coalesce(sum(n_rows_loaded), 0) from source_file)
    <> (select count(*) from iam_user) + (select count(*) from root_account)
    + (select coalesce(sum(n_rows), 0) from document)
