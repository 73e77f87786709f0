-- Title: Policy statements that apply to each account
-- Grain: one row per account, node on its path, attached policy and statement; a policy without known content has one row
-- Reads: aws_path, aws_attachment, aws_statement, mfa_verdict
-- Counts: depth 0 is the account; attachment_path and content_path are the files that have the attachment and the content; mfa_class is what the statement demands: full, console_only, partial, none
-- Unknown: is_content_known is false where the content of the policy is not in the snapshots
-- Why: to explain the verdict on one account
select
    w.org_id,
    w.account_id,
    w.node_id,
    w.depth,
    s.policy_id,
    s.policy_name,
    s.statement_index,
    s.sid,
    s.effect,
    s.mfa_class,
    s.reason,
    s.is_content_known,
    a.path as attachment_path,
    s.content_path
from aws_path w
join mfa_verdict m on m.org_id = w.org_id and m.account_id = w.account_id and m.aws_org_id = w.aws_org_id
join aws_attachment a on a.org_id = w.org_id and a.aws_org_id = w.aws_org_id and a.node_id = w.node_id
join aws_statement s on s.org_id = a.org_id and s.aws_org_id = a.aws_org_id and s.policy_id = a.policy_id
