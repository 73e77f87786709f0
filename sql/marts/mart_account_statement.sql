-- Title: Policy statements that apply to each account
-- Grain: one row per account, node on its path, attached policy and statement; a policy without known content has one row
-- Reads: aws_statement, mfa_verdict
-- Counts: depth 0 is the account; attachment_path and content_path are the files that have the attachment and the content; mfa_class is what the statement demands: full, console_only, partial, none
-- Unknown: is_content_known is false where the content of the policy is not in the snapshots
-- Why: to explain the verdict on one account
select
    s.org_id,
    s.account_id,
    s.node_id,
    s.depth,
    s.policy_id,
    s.policy_name,
    s.statement_index,
    s.sid,
    s.effect,
    s.mfa_class,
    s.reason,
    s.is_content_known,
    s.attachment_path,
    s.content_path
from aws_statement s
join mfa_verdict m on m.org_id = s.org_id and m.account_id = s.account_id and m.aws_org_id = s.aws_org_id
where s.policy_id is not null
