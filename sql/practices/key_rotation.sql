-- Title: Access key rotation
-- Finding: Users with an unrotated access key
-- Order: 4
-- Headline: have an active access key that was not rotated for more than {key_rotation.days}
-- Figure: rotation
-- Threshold: days = 90 d; an active key that is older is unrotated
-- Tiers: 90, 365, 1826 d; an active key is older
-- Grain: one row per user with an active key, or with one that may be active
-- Reads: user_credential, setting
-- Counts: a user with an active key last rotated more than {key_rotation.days} ago; its age is that of the oldest active key
-- Applies: users with an active key
-- Unknown: users where the age or the state of a key is unknown, or whose report lacks keys, and no other key is too old
-- Why: An access key is a password that programs keep in files. The longer it is valid, the more copies exist, and the longer a leaked copy works.
-- Detect: `access_key_1_last_rotated` and `access_key_2_last_rotated` of active keys in the credential report; the AWS Config rule `access-keys-rotated`. Sort by age: keys older than a year show that nothing rotates them.
-- Prevent: Replace keys with roles where the program runs on AWS or can federate. For the rest: `aws iam create-access-key`, reconfigure the program, `aws iam update-access-key --status Inactive`, then delete the key.
with ages as (
    select
        snapshot_id,
        user_id,
        n_keys,
        case when is_key_1_active then coalesce(key_1_age_s, 0) else 0 end as low_1_s,
        case when is_key_2_active then coalesce(key_2_age_s, 0) else 0 end as low_2_s,
        case when not has_key_1 or not is_key_1_active then 0 else key_1_age_s end as high_1_s,
        case when not has_key_2 or not is_key_2_active then 0 else key_2_age_s end as high_2_s,
        has_more_credentials
    from user_credential
    where n_keys_at_most > 0
),

oldest as (
    select
        snapshot_id,
        user_id,
        n_keys,
        greatest(low_1_s, low_2_s) as low_s,
        case when has_more_credentials then null when high_1_s > high_2_s then high_1_s when high_2_s >= high_1_s then high_2_s end as high_s
    from ages
),

verdicts as (
    select
        o.*,
        case when low_s > setting.value * 86400 then true when high_s <= setting.value * 86400 then false end as is_violation
    from oldest o
    join setting on setting.setting_id = 'key_rotation.days'
)

select
    'key_rotation' as practice_id,
    snapshot_id,
    user_id,
    is_violation,
    low_s as age_low_s,
    high_s as age_high_s
from verdicts
