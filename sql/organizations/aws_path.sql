-- Title: The path from each account to the root of an AWS Organization
-- Grain: one row per AWS Organization, account in its tree and node on the path, the account itself included
-- Reads: aws_node, aws_listing, aws_document
-- Counts: depth 0 is the account; the parent of a node is that of the newest document that has one
-- Unknown: a path that does not reach a ROOT is incomplete: no parent is known, documents of the same time name two, or a newer whole list of the parent no longer names the node; paths longer than 10 are cut, AWS allows five nested units
-- Why: service control policies attached to any node of the path apply (AWS Organizations User Guide, "SCP evaluation")
with recursive documents as (
    select document_id, org_id, aws_org_id, captured_at
    from aws_document
),

listed as (
    select d.org_id, d.aws_org_id, n.node_id, n.kind, n.node_name, n.parent_id, d.captured_at
    from aws_node n
    join documents d on d.document_id = n.document_id
),

newest as (
    select
        listed.*,
        max(case when parent_id is not null then captured_at end) over (partition by org_id, aws_org_id, node_id) as parent_at
    from listed
),

nodes as (
    select
        org_id,
        aws_org_id,
        node_id,
        max(kind) as kind,
        max(node_name) as node_name,
        max(parent_at) as parent_at,
        case when min(parent_id) filter (where captured_at = parent_at) = max(parent_id) filter (where captured_at = parent_at)
            then max(parent_id) filter (where captured_at = parent_at) end as parent_id
    from newest
    group by org_id, aws_org_id, node_id
),

whole as (
    select
        d.org_id,
        d.aws_org_id,
        l.subject_id as parent_id,
        case l.listing when 'accounts_of_node' then 'ACCOUNT' else 'ORGANIZATIONAL_UNIT' end as kind,
        max(d.captured_at) as listed_at
    from aws_listing l
    join documents d on d.document_id = l.document_id
    where l.listing in ('accounts_of_node', 'units_of_node')
    group by d.org_id, d.aws_org_id, l.subject_id, l.listing
),

tree as (
    select
        n.org_id,
        n.aws_org_id,
        n.node_id,
        n.kind,
        n.node_name,
        case when w.listed_at is null or n.parent_at >= w.listed_at then n.parent_id end as parent_id
    from nodes n
    left join whole w on w.org_id = n.org_id and w.aws_org_id = n.aws_org_id and w.parent_id = n.parent_id and w.kind = n.kind
),

paths (org_id, aws_org_id, account_id, node_id, depth) as (
    select org_id, aws_org_id, node_id, node_id, 0
    from tree
    where kind = 'ACCOUNT'
    union all
    select w.org_id, w.aws_org_id, w.account_id, t.parent_id, w.depth + 1
    from paths w
    join tree t on t.org_id = w.org_id and t.aws_org_id = w.aws_org_id and t.node_id = w.node_id
    where t.parent_id is not null and w.depth < 10
)

select
    w.org_id,
    w.aws_org_id,
    w.account_id,
    w.node_id,
    w.depth,
    t.kind,
    t.node_name
from paths w
left join tree t on t.org_id = w.org_id and t.aws_org_id = w.aws_org_id and t.node_id = w.node_id
