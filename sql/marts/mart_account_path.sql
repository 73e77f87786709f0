-- Title: The path from each account to the root of its AWS Organization
-- Grain: one row per account and node on its path
-- Reads: aws_path
-- Counts: depth 0 is the account
-- Unknown: node_name is NULL where no document names the node
-- Why: to explain the verdict on one account
select
    org_id,
    account_id,
    depth,
    node_id,
    node_name
from aws_path
