-- Title: Verdicts of all practices
-- Grain: one row per practice and user of a snapshot to whom the practice applies, or may apply
-- Reads: practices/, stg_snapshot
-- Counts: is_violation; the age of the violation in seconds is between age_low_s and age_high_s
-- Unknown: is_violation is NULL where the data does not tell; age_high_s is NULL where the age has no upper bound
-- Why: what a practice finds, user by user
select
    s.org_id,
    s.account_id,
    s.captured_at,
    s.is_current,
    p.*
from (
    {each practices}
    select * from {name}
    {end}
) p
join stg_snapshot s on s.snapshot_id = p.snapshot_id
