-- Title: Age of the states of AWS Organizations
-- Grain: one row
-- Reads: mart_account_mfa
-- Counts: AWS Organizations with accounts in the census and the times of their states; n_accounts whose verdict rests on a state, and of these those whose snapshot is more than 30 d older or newer
-- Unknown: times are NULL where there is no state
-- Why: definitions, "AWS Organizations: one state"; policies of another time may not apply to the users of the snapshot
select
    count(distinct org_id || ' ' || aws_org_id) as n_aws_organizations,
    min(state_at) as first_state_at,
    max(state_at) as last_state_at,
    count(state_at) as n_accounts,
    count(*) filter (where days_apart > 30) as n_accounts_apart,
    max(days_apart) as most_days_apart
from mart_account_mfa
where captured_at is not null
