-- Title: Rule sets and their sources
-- Grain: one row per rule set
-- Reads: ruleset
-- Counts: position is the order in the report
-- Why: a rule is checked where it was published
select
    ruleset_id,
    position,
    title,
    source
from ruleset
