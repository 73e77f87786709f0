-- Title: Verdicts of all rule sets
-- Grain: one row per rule and row of user_kind that the rule checks
-- Reads: rulesets/
-- Counts: of_user, of_password, of_key_1 and of_key_2: 1 a violation, 0 none, -1 unknown, NULL not checked
-- Unknown: -1
-- Why: what other tools find in the same data
{each rulesets}
select * from {name}
{end}
