-- Title: Verdicts at each of the compared dates
-- Grain: one row per date, practice and user that violates the practice or may violate it, filled when dates are compared
-- Reads: nothing
-- Counts: users of accounts that are in the panel
-- Unknown: is_violation is NULL where the data does not tell
-- Why: the practices are evaluated once per date, each with the documents of that date
select
    cast(null as integer) as position,
    cast(null as varchar) as practice_id,
    cast(null as varchar) as org_id,
    cast(null as varchar) as account_id,
    cast(null as bigint) as user_id,
    cast(null as boolean) as is_violation
where false
