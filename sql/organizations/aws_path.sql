-- Title: The way from each account up to the root of its AWS Organization
-- Grain: one row per account and node on its way, the account itself included
-- Reads: document, aws_node, scope
-- Counts: depth 0 is the account; the newest document that gives a node its parent counts
-- Unknown: a way that does not reach a ROOT is not complete; ways longer than 10 are cut, AWS allows five units below one another
-- Why: service control policies attached anywhere on the way apply (AWS Organizations User Guide, "SCP evaluation")
with recursive said as (
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
    join document d on d.document_id = n.document_id
    cross join scope
    where scope.as_of is null or d.captured_at <= scope.as_of
),

parents as (
    select org_id, node_id, parent_id
    from (
        select
            said.*,
            row_number() over (partition by org_id, node_id order by captured_at desc, document_id desc) as newness
        from said
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
    from said s
    left join parents p on p.org_id = s.org_id and p.node_id = s.node_id
    group by s.org_id, s.node_id
),

way (org_id, account_id, node_id, depth) as (
    select org_id, node_id, node_id, 0
    from nodes
    where kind = 'ACCOUNT'
    union all
    select w.org_id, w.account_id, n.parent_id, w.depth + 1
    from way w
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
from way w
left join nodes n on n.org_id = w.org_id and n.node_id = w.node_id
