-- Title: How each rule set differs on each practice
-- Grain: one row per rule set and practice
-- Reads: nothing
-- Counts: the Differs lines of sql/rulesets/
-- Unknown: differs is empty where the rule set has no such line
-- Why: a number of another tool is read with the rule that it counts
select *
from (values
{differences}
) as ruleset_practice (ruleset_id, practice_id, differs)
