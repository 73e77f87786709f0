-- Title: Kinds of resources in the inventory
-- Grain: one row per kind
-- Reads: nothing
-- Counts: position is the order in the report
-- Why: other kinds are parts of these, or belong to AWS
select *
from (values
    ('user', 1),
    ('group', 2),
    ('role', 3),
    ('policy', 4),
    ('bucket', 5),
    ('database', 6),
    ('trail', 7),
    ('instance', 8),
    ('security_group', 9)
) as inventory_kind (kind, position)
