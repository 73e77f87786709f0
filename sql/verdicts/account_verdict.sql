-- Title: Verdicts of all checks of accounts
-- Grain: one row per check and current account
-- Reads: accounts/
-- Counts: verdict, true where the account has the finding
-- Unknown: verdict is NULL where the data does not tell
-- Why: what the checks find, account by account
{each accounts}
select * from {name}
{end}
