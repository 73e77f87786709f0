-- Title: Verdicts of all rule sets, unit by unit
-- Grain: one row per rule and unit under test: a user, a password (slot 0) or a key (slot 1 or 2)
-- Reads: ruleset_user, stg_snapshot
-- Counts: is_violation
-- Unknown: is_violation is NULL where the data does not tell
-- Why: to compare with the findings of another tool, one by one
with units as (
    select
        r.*,
        u.slot,
        case u.place when 1 then of_user when 2 then of_password when 3 then of_key_1 else of_key_2 end as verdict
    from ruleset_user r
    cross join (values (1, null), (2, 0), (3, 1), (4, 2)) u (place, slot)
)

select
    s.org_id,
    s.account_id,
    s.is_current,
    u.ruleset_id,
    u.practice_id,
    u.rule,
    u.unit,
    u.snapshot_id,
    u.user_id,
    cast(u.slot as tinyint) as slot,
    nullif(u.verdict, -1) = 1 as is_violation
from units u
join stg_snapshot s on s.snapshot_id = u.snapshot_id
where u.verdict is not null
