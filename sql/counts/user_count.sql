-- Title: Users counted by what the figures distinguish
-- Grain: one row per snapshot, password, MFA device, number of keys and age tier
-- Reads: user_credential
-- Counts: n_users; age_tier, the tiers that the age of the user exceeds
-- Unknown: a column is NULL where the data does not tell
-- Why: figures need numbers of users, not each user
select
    snapshot_id,
    has_password,
    has_mfa,
    n_keys,
    {tier existed: age_s} as age_tier,
    count(*) as n_users
from user_credential
group by snapshot_id, has_password, has_mfa, n_keys, age_tier
