-- Title: Missing accounts
-- Grain: one row per organization and expected account without a snapshot
-- Reads: expected_account, stg_snapshot
-- Counts: known_from says what expects the account: AWS Organizations, a manifest, or other files of the account
-- Unknown: account_name is NULL where no list of AWS Organizations has it; accounts that a manifest only counts have no row
-- Why: a missing account is missing, never clean
select e.org_id, e.account_id, e.account_name, e.known_from
from expected_account e
left join stg_snapshot s on s.org_id = e.org_id and s.account_id = e.account_id and s.is_current
where s.snapshot_id is null
