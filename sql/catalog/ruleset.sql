-- Title: Rule sets
-- Grain: one row per rule set
-- Reads: nothing
-- Counts: the headers of sql/rulesets/
-- Why: a rule set is one file
select *
from (values
{headers rulesets: Title, Counts, Unknown, Why, Source}
) as ruleset (ruleset_id, position, title, counts, unknown, why, source)
