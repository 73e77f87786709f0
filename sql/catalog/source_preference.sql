-- Title: Which format counts the resources of an account
-- Grain: one row per format
-- Reads: nothing
-- Counts: the format with the lowest position counts, where several count the same kind
-- Why: no resource is counted twice
select *
from (values
    ('credential-report', 1),
    ('authorization-details', 2),
    ('config-snapshot', 3),
    ('account-summary', 4)
) as source_preference (format, position)
