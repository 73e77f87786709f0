-- Title: Attachments of service control policies
-- Grain: one row per AWS Organization, policy and node it is attached to
-- Reads: aws_document, aws_policy, aws_policy_target, aws_listing
-- Counts: the newest answer on the policy and the node: a list that names both, against whole lists of the policies of the node, of the targets of the policy, and of all policies. At the same time, attached
-- Unknown: what no list tells
-- Why: a policy that was detached or deleted enforces nothing
with documents as (
    select document_id, org_id, aws_org_id, captured_at, path
    from aws_document
),

lists as (
    select d.org_id, d.aws_org_id, l.listing, coalesce(l.subject_id, '') as subject_id, max(d.captured_at) as listed_at
    from aws_listing l
    join documents d on d.document_id = l.document_id
    group by d.org_id, d.aws_org_id, l.listing, coalesce(l.subject_id, '')
),

policies as (
    select
        d.org_id,
        d.aws_org_id,
        p.policy_id,
        max(d.captured_at) as named_at,
        count(*) filter (where p.type <> 'SERVICE_CONTROL_POLICY') as n_other_types
    from aws_policy p
    join documents d on d.document_id = p.document_id
    group by d.org_id, d.aws_org_id, p.policy_id
),

targets as (
    select d.org_id, d.aws_org_id, t.policy_id, t.node_id, d.path, d.captured_at as named_at
    from aws_policy_target t
    join documents d on d.document_id = t.document_id
),

newest as (
    select
        targets.*,
        row_number() over (partition by org_id, aws_org_id, policy_id, node_id order by named_at desc, path) as newness
    from targets
)

select t.org_id, t.aws_org_id, t.policy_id, t.node_id, t.path
from newest t
left join policies p on p.org_id = t.org_id and p.aws_org_id = t.aws_org_id and p.policy_id = t.policy_id
left join lists n on n.org_id = t.org_id and n.aws_org_id = t.aws_org_id and n.listing = 'policies_of_node' and n.subject_id = t.node_id
left join lists l on l.org_id = t.org_id and l.aws_org_id = t.aws_org_id and l.listing = 'targets_of_policy' and l.subject_id = t.policy_id
left join lists w on w.org_id = t.org_id and w.aws_org_id = t.aws_org_id and w.listing = 'policies'
where t.newness = 1
    and coalesce(p.n_other_types, 0) = 0
    and (n.listed_at is null or t.named_at >= n.listed_at)
    and (l.listed_at is null or t.named_at >= l.listed_at)
    and (w.listed_at is null or t.named_at >= w.listed_at or p.named_at >= w.listed_at)
