-- Title: The path from each account to the root of its AWS Organization
-- Grain: one row per account and node on its path, the account itself included
-- Reads: aws_node, stg_document
-- Counts: depth 0 is the account; the parent of a node is that in the newest document that has one
-- Unknown: a path that does not reach a ROOT is incomplete; paths longer than 10 are cut, AWS allows five nested units
-- Why: service control policies attached to any node of the path apply (AWS Organizations User Guide, "SCP evaluation")
with recursive listed as (
    select
        d.org_id,
        n.node_id,
        n.kind,
        n.node_name,
        n.parent_id,
        n.is_scp_enabled,
        d.captured_at,
        n.document_id
    from aws_node n
    join stg_document d on d.document_id = n.document_id
    where d.is_in_scope
),

parents as (
    select org_id, node_id, parent_id
    from (
        select
            listed.*,
            row_number() over (partition by org_id, node_id order by captured_at desc, document_id desc) as newness
        from listed
        where parent_id is not null
    ) ranked
    where newness = 1
),

nodes as (
    select
        s.org_id,
        s.node_id,
        max(s.kind) as kind,
        max(s.node_name) as node_name,
        max(p.parent_id) as parent_id,
        case
            when count(*) filter (where s.is_scp_enabled) > 0 then true
            when count(*) filter (where not s.is_scp_enabled) > 0 then false
        end as is_scp_enabled
    from listed s
    left join parents p on p.org_id = s.org_id and p.node_id = s.node_id
    group by s.org_id, s.node_id
),

paths (org_id, account_id, node_id, depth) as (
    select org_id, node_id, node_id, 0
    from nodes
    where kind = 'ACCOUNT'
    union all
    select w.org_id, w.account_id, n.parent_id, w.depth + 1
    from paths w
    join nodes n on n.org_id = w.org_id and n.node_id = w.node_id
    where n.parent_id is not null and w.depth < 10
)

select
    w.org_id,
    w.account_id,
    w.node_id,
    w.depth,
    n.kind,
    n.node_name,
    n.is_scp_enabled
from paths w
left join nodes n on n.org_id = w.org_id and n.node_id = w.node_id
