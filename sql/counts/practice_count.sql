-- Title: Users counted by verdict and age tier
-- Grain: one row per practice, snapshot, verdict and tiers
-- Reads: practices/
-- Counts: n_users; low_tier and high_tier, the tiers that the bounds of the age exceed
-- Unknown: is_violation is NULL where the data does not tell, high_tier where the age has no upper bound
-- Why: figures need numbers of users, not each user
{each practices}
select
    practice_id,
    snapshot_id,
    is_violation,
    {tier {name}: age_low_s} as low_tier,
    {tier {name}: age_high_s} as high_tier,
    count(*) as n_users
from {name}
group by practice_id, snapshot_id, is_violation, low_tier, high_tier
{end}
