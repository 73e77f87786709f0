-- Title: Checks of accounts
-- Grain: one row per check
-- Reads: nothing
-- Counts: the Check lines of sql/accounts/; section is the text before the point
-- Why: a group of checks is one file
select *
from (values
{checks}
) as account_check (figure_id, section, position, title)
