-- Title: Policy statements that apply to each account
-- Grain: one row per account, node on its path, attached policy and statement; a policy without known content has one row
-- Reads: aws_statement
-- Counts: depth 0 is the account; mfa_class is what the statement demands: full, console_only, partial, none
-- Unknown: is_content_known is false where the content of the policy is not in the snapshots
-- Why: to explain the verdict on one account
select
    org_id,
    account_id,
    node_id,
    depth,
    policy_id,
    policy_name,
    statement_index,
    sid,
    effect,
    mfa_class,
    reason,
    is_content_known
from aws_statement
