-- Title: Statements of the attached service control policies
-- Grain: one row per AWS Organization, attached policy and statement; a policy without known content has one row without statement
-- Reads: aws_attachment, aws_document, aws_policy, aws_policy_statement
-- Counts: the newest content of each policy; p-FullAWSAccess is known: it allows everything; content_path is the file that says so
-- Unknown: is_content_known is false where the newest content of the policy is not in the state or cannot be read
-- Why: a policy is read once, however many accounts it applies to
with policies as (
    select
        d.org_id,
        d.aws_org_id,
        p.policy_id,
        p.policy_name,
        p.document_id,
        p.has_content,
        p.content_error,
        d.path,
        row_number() over (
            partition by d.org_id, d.aws_org_id, p.policy_id
            order by case when p.has_content or p.content_error is not null then 0 else 1 end,
                d.captured_at desc, p.has_content, p.document_id desc
        ) as newness
    from aws_policy p
    join aws_document d on d.document_id = p.document_id
),

attached as (
    select distinct org_id, aws_org_id, policy_id
    from aws_attachment
)

select
    a.org_id,
    a.aws_org_id,
    a.policy_id,
    p.policy_name,
    a.policy_id = 'p-FullAWSAccess' or coalesce(p.has_content, false) as is_content_known,
    s.statement_index,
    s.sid,
    case when s.effect is null and a.policy_id = 'p-FullAWSAccess' then 'Allow' else s.effect end as effect,
    case when s.effect is null and a.policy_id = 'p-FullAWSAccess' then 'none' else s.mfa_class end as mfa_class,
    case when s.effect is null and a.policy_id = 'p-FullAWSAccess' then true else s.is_open_without_mfa end as is_open_without_mfa,
    coalesce(s.reason, case
        when a.policy_id = 'p-FullAWSAccess' then 'AWS''s own policy allows everything'
        when p.has_content then 'the policy has no statements'
        when p.content_error is not null then 'the content cannot be read: ' || p.content_error
        else 'the content of the policy is not in the snapshots'
    end) as reason,
    case when p.has_content or p.content_error is not null then p.path end as content_path
from attached a
left join policies p on p.org_id = a.org_id and p.aws_org_id = a.aws_org_id and p.policy_id = a.policy_id and p.newness = 1
left join aws_policy_statement s on s.document_id = p.document_id and s.policy_id = p.policy_id
