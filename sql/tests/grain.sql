-- What must be unique is.
select 'snapshot' as of, count(*) as n from snapshot group by org_id, account_id, captured_at having count(*) > 1
union all
select 'snapshot_id', count(*) from snapshot group by snapshot_id having count(*) > 1
union all
select 'file_id', count(*) from source_file group by file_id having count(*) > 1
union all
select 'organization', count(*) from organization group by org_id having count(*) > 1
union all
select 'account', count(*) from account group by org_id, account_id having count(*) > 1
union all
select 'root_account', count(*) from root_account group by snapshot_id having count(*) > 1
union all
select 'document_id', count(*) from document group by document_id having count(*) > 1
union all
select 'user_arn', count(*) from user_arn group by user_id having count(*) > 1
union all
select 'iam_user', count(*) - count(distinct user_id) from iam_user having count(*) <> count(distinct user_id)
union all
select 'access_key', count(*) from access_key group by user_id, slot having count(*) > 1
