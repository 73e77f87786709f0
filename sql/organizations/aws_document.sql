-- Title: Documents of the state of each AWS Organization
-- Grain: one row per document of a state
-- Reads: document, aws_listing, aws_member, aws_policy, source_file, scope
-- Counts: aws_org_id by an ARN in the document, or else that of documents of the customer with the same root, or with the account or policy that the document lists, or in the same folder; or else the customer's only one ('unnamed' if no ARN names it). state_at is the newest list at or before the date of the census; the state has the documents from 24 hours before it on
-- Unknown: documents whose AWS Organization is unknown have no row
-- Why: definitions, "AWS Organizations: one state"; nothing else looks at older documents
with lists as (
    select document_id, min(subject_id) as subject_id
    from aws_listing
    group by document_id
),

dated as (
    select d.document_id, d.org_id, d.aws_org_id, d.aws_root_id, d.aws_management_account_id, d.captured_at, d.file_id
    from document d
    cross join scope
    where d.format = 'organizations' and d.account_id is null and (scope.as_of is null or d.captured_at <= scope.as_of)
),

roots as (
    select org_id, aws_root_id, min(aws_org_id) as aws_org_id
    from dated
    group by org_id, aws_root_id
    having min(aws_org_id) = max(aws_org_id)
),

documents as (
    select d.document_id, d.org_id, d.captured_at, d.file_id, coalesce(d.aws_org_id, r.aws_org_id) as aws_org_id
    from dated d
    left join roots r on r.org_id = d.org_id and r.aws_root_id = d.aws_root_id
),

-- the ids of AWS's own policies, which are everywhere, have capitals
names as (
    select d.org_id, n.name, min(d.aws_org_id) as aws_org_id
    from (
        select document_id, account_id as name from aws_member
        union all
        select document_id, policy_id from aws_policy where policy_id = lower(policy_id)
    ) n
    join documents d on d.document_id = n.document_id
    group by d.org_id, n.name
    having min(d.aws_org_id) = max(d.aws_org_id)
),

customers as (
    select
        org_id,
        case
            when max(aws_org_id) is null then 'unnamed'
            when min(aws_org_id) = max(aws_org_id) then min(aws_org_id)
        end as aws_org_id
    from documents
    group by org_id
),

files as (
    select file_id, path, regexp_replace(path, '/[^/]*$', '') as folder
    from source_file
    where file_id in (select file_id from dated)
),

siblings as (
    select d.org_id, f.folder, min(d.aws_org_id) as aws_org_id
    from documents d
    join files f on f.file_id = d.file_id
    group by d.org_id, f.folder
    having min(d.aws_org_id) = max(d.aws_org_id)
),

named as (
    select
        d.document_id,
        d.org_id,
        d.captured_at,
        f.path,
        l.document_id is not null as is_list,
        coalesce(d.aws_org_id, n.aws_org_id, c.aws_org_id, s.aws_org_id) as aws_org_id
    from documents d
    join files f on f.file_id = d.file_id
    join customers c on c.org_id = d.org_id
    left join lists l on l.document_id = d.document_id
    left join names n on n.org_id = d.org_id and n.name = l.subject_id
    left join siblings s on s.org_id = d.org_id and s.folder = f.folder
),

states as (
    select
        org_id,
        aws_org_id,
        coalesce(max(case when is_list then captured_at end), max(captured_at)) as state_at
    from named
    where aws_org_id is not null
    group by org_id, aws_org_id
)

select
    n.document_id,
    n.org_id,
    n.aws_org_id,
    d.aws_management_account_id,
    n.captured_at,
    n.path,
    s.state_at
from named n
join states s on s.org_id = n.org_id and s.aws_org_id = n.aws_org_id
join document d on d.document_id = n.document_id
where n.captured_at >= s.state_at - interval '24' hour
