-- Title: Statements of the service control policies that apply to each account
-- Grain: one row per account, node on its path, attached policy and statement; a policy without known content has one row without statement
-- Reads: aws_path, stg_document, aws_policy, aws_policy_target, aws_policy_statement
-- Counts: the newest content of each policy; p-FullAWSAccess is known: it allows everything
-- Unknown: is_content_known is false where a policy is attached that the snapshots only name
-- Why: the evidence for the verdict on MFA, statement by statement
with documents as (
    select document_id, org_id, captured_at
    from stg_document
    where is_in_scope
),

contents as (
    select org_id, policy_id, policy_name, document_id, has_content
    from (
        select
            d.org_id,
            p.policy_id,
            max(p.policy_name) over (partition by d.org_id, p.policy_id) as policy_name,
            p.document_id,
            p.has_content,
            row_number() over (
                partition by d.org_id, p.policy_id
                order by p.has_content desc, d.captured_at desc, p.document_id desc
            ) as newness
        from aws_policy p
        join documents d on d.document_id = p.document_id
        where p.type is null or p.type = 'SERVICE_CONTROL_POLICY'
    ) ranked
    where newness = 1
),

other_policies as (
    select distinct d.org_id, p.policy_id
    from aws_policy p
    join documents d on d.document_id = p.document_id
    where p.type <> 'SERVICE_CONTROL_POLICY'
),

attached as (
    select distinct d.org_id, t.policy_id, t.node_id
    from aws_policy_target t
    join documents d on d.document_id = t.document_id
    left join other_policies o on o.org_id = d.org_id and o.policy_id = t.policy_id
    where o.policy_id is null
)

select
    w.org_id,
    w.account_id,
    w.node_id,
    w.depth,
    w.kind,
    w.node_name,
    a.policy_id,
    c.policy_name,
    coalesce(c.has_content, false) or a.policy_id = 'p-FullAWSAccess' as is_content_known,
    s.statement_index,
    s.sid,
    case when s.effect is null and a.policy_id = 'p-FullAWSAccess' then 'Allow' else s.effect end as effect,
    case when s.effect is null and a.policy_id = 'p-FullAWSAccess' then 'none' else s.mfa_class end as mfa_class,
    case when s.effect is null and a.policy_id = 'p-FullAWSAccess' then true else s.is_open_without_mfa end as is_open_without_mfa,
    coalesce(s.reason, case
        when a.policy_id = 'p-FullAWSAccess' then 'AWS''s own policy allows everything'
        when coalesce(c.has_content, false) then 'the policy has no statements'
        else 'the content of the policy is not in the snapshots, or cannot be read'
    end) as reason
from aws_path w
join attached a on a.org_id = w.org_id and a.node_id = w.node_id
left join contents c on c.org_id = a.org_id and c.policy_id = a.policy_id
left join aws_policy_statement s on s.document_id = c.document_id and s.policy_id = c.policy_id
