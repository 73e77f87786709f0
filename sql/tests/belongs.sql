-- Every reference has its row.
select 'iam_user' as of, count(*) as n
from iam_user u left join snapshot s on s.snapshot_id = u.snapshot_id
where s.snapshot_id is null
having count(*) > 0
union all
select 'access_key', count(*)
from access_key k left join iam_user u on u.user_id = k.user_id and u.snapshot_id = k.snapshot_id
where u.user_id is null
having count(*) > 0
union all
select 'root_account', count(*)
from root_account r left join snapshot s on s.snapshot_id = r.snapshot_id
where s.snapshot_id is null
having count(*) > 0
union all
select 'snapshot', count(*)
from snapshot s left join source_file f on f.file_id = s.file_id
where f.file_id is null
having count(*) > 0
union all
select 'ingest_issue', count(*)
from ingest_issue i left join source_file f on f.file_id = i.file_id
where f.file_id is null
having count(*) > 0
