-- Title: Accounts and their AWS Organizations
-- Grain: one row per account that a document or a manifest says something about
-- Reads: aws_document, stg_document, stg_snapshot, aws_member, aws_node, aws_organization, aws_listing
-- Counts: the newest word about the account: a list or tree of an AWS Organization that names it, an answer that it is in none, or a manifest. is_active: a list or tree has it, and not as closed
-- Unknown: is_standalone is NULL where the newest words contradict each other; aws_org_id is NULL where no state names the account, or two do. An account that the newest whole list no longer names has left: its state says nothing about it
-- Why: definitions, "AWS Organizations: one state"
with documents as (
    select document_id, org_id, aws_org_id, aws_management_account_id, captured_at
    from aws_document
),

whole as (
    select d.org_id, d.aws_org_id, max(d.captured_at) as listed_at
    from aws_listing l
    join documents d on d.document_id = l.document_id
    where l.listing = 'accounts'
    group by d.org_id, d.aws_org_id
),

-- a whole list outweighs the tree of the same time
named as (
    select d.org_id, d.aws_org_id, m.account_id, m.account_name, coalesce(m.status, 'ACTIVE') = 'ACTIVE' as is_active, d.captured_at as said_at
    from aws_member m
    join documents d on d.document_id = m.document_id
    left join whole w on w.org_id = d.org_id and w.aws_org_id = d.aws_org_id
    where w.listed_at is null or d.captured_at >= w.listed_at
    union all
    select d.org_id, d.aws_org_id, n.node_id, n.node_name, true, d.captured_at
    from aws_node n
    join documents d on d.document_id = n.document_id
    left join whole w on w.org_id = d.org_id and w.aws_org_id = d.aws_org_id
    where n.kind = 'ACCOUNT' and (w.listed_at is null or d.captured_at > w.listed_at)
    union all
    select org_id, aws_org_id, aws_management_account_id, null, null, captured_at
    from documents
    where aws_management_account_id is not null
),

words as (
    select org_id, account_id, said_at, aws_org_id, account_name, is_active, false as is_standalone
    from named
    union all
    select d.org_id, d.account_id, d.captured_at, null, null, null, true
    from aws_organization o
    join stg_document d on d.document_id = o.document_id
    where not o.is_in_use and d.account_id is not null and d.is_in_scope
    union all
    select org_id, account_id, captured_at, null, null, null, is_standalone
    from stg_snapshot
    where is_standalone is not null and is_in_scope
),

newest as (
    select
        w.*,
        max(said_at) over (partition by org_id, account_id) as newest_at,
        max(case when aws_org_id is not null then said_at end) over (partition by org_id, account_id) as named_at,
        max(case when is_active is not null then said_at end) over (partition by org_id, account_id) as listed_at
    from words w
),

told as (
    select
        org_id,
        account_id,
        case
            when count(*) filter (where said_at = newest_at and is_standalone) = 0 then false
            when count(*) filter (where said_at = newest_at and not is_standalone) = 0 then true
        end as is_standalone,
        case when count(distinct aws_org_id) filter (where said_at = named_at) = 1
            then min(aws_org_id) filter (where said_at = named_at) end as aws_org_id,
        max(account_name) as account_name,
        count(*) filter (where said_at = listed_at and is_active) > 0
            and count(*) filter (where said_at = listed_at and not is_active) = 0 as is_active
    from newest
    group by org_id, account_id
)

select
    org_id,
    account_id,
    is_standalone,
    case when not is_standalone then aws_org_id end as aws_org_id,
    account_name,
    is_active
from told
