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

documents as (
    select
        d.document_id,
        d.org_id,
        d.aws_management_account_id,
        d.captured_at,
        f.path,
        regexp_replace(f.path, '/[^/]*$', '') as folder,
        l.subject_id,
        l.document_id is not null as is_list,
        case
            when d.aws_org_id is not null or d.aws_root_id is null then d.aws_org_id
            when min(d.aws_org_id) over same_root = max(d.aws_org_id) over same_root then min(d.aws_org_id) over same_root
        end as aws_org_id
    from document d
    join source_file f on f.file_id = d.file_id
    left join lists l on l.document_id = d.document_id
    cross join scope
    where d.format = 'organizations' and d.account_id is null and (scope.as_of is null or d.captured_at <= scope.as_of)
    window same_root as (partition by d.org_id, d.aws_root_id)
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

named as (
    select
        d.*,
        coalesce(d.aws_org_id, n.aws_org_id, case
            when max(d.aws_org_id) over customer is null then 'unnamed'
            when min(d.aws_org_id) over customer = max(d.aws_org_id) over customer then min(d.aws_org_id) over customer
            when min(d.aws_org_id) over siblings = max(d.aws_org_id) over siblings then min(d.aws_org_id) over siblings
        end) as named_org_id
    from documents d
    left join names n on n.org_id = d.org_id and n.name = d.subject_id
    window customer as (partition by d.org_id), siblings as (partition by d.org_id, d.folder)
),

states as (
    select
        named.*,
        coalesce(max(case when is_list then captured_at end) over state, max(captured_at) over state) as state_at
    from named
    where named_org_id is not null
    window state as (partition by org_id, named_org_id)
)

select
    s.document_id,
    s.org_id,
    s.named_org_id as aws_org_id,
    s.aws_management_account_id,
    s.captured_at,
    s.path,
    s.state_at
from states s
where s.captured_at >= s.state_at - interval '24' hour
