-- Title: The path from each account to the root of its AWS Organization
-- Grain: one row per account and node on its path
-- Reads: aws_path, mfa_verdict
-- Counts: depth 0 is the account
-- Unknown: node_name is NULL where no document names the node
-- Why: to explain the verdict on one account
select
    w.org_id,
    w.account_id,
    w.depth,
    w.node_id,
    w.node_name
from aws_path w
join mfa_verdict m on m.org_id = w.org_id and m.account_id = w.account_id and m.aws_org_id = w.aws_org_id
