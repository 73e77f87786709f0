-- Title: Access keys created at setup
-- Finding: Users with an access key created at setup
-- Order: 2
-- Headline: have an enabled access key that was created within {no_initial_key.seconds} of the user
-- Figure: initial_key
-- Threshold: seconds = 10 s; a key created within this time of its user, before or after, was created at setup
-- Tiers: 0, 1, 10, 60 s; a key was created within this time of its user
-- Tier kind: within
-- Grain: one row per user with an enabled key, or with one that may be enabled
-- Reads: user_credential, setting
-- Counts: a user with an enabled key, in slot 1 or 2, that was created within {no_initial_key.seconds} of the user, before or after
-- Applies: users with an enabled key
-- Unknown: users where the creation time of the user or of an enabled key is unknown, or whose report lacks keys
-- Why: A key that is created with the user, before it is requested, is often never needed. It is stored somewhere, and a leak goes unnoticed.
-- Detect: Compare `user_creation_time` of the credential report with `access_key_1_last_rotated` and `access_key_2_last_rotated` of enabled keys. There is no AWS Config rule for it.
-- Prevent: Create users without keys, and make `aws iam create-access-key` a separate request with a reason and an end date.
with gaps as (
    select
        snapshot_id,
        user_id,
        n_keys,
        case when not has_key_1 or not is_key_1_active then 9223372036854775807 else abs(key_1_gap_s) end as low_1_s,
        case when not has_key_2 or not is_key_2_active then 9223372036854775807 else abs(key_2_gap_s) end as low_2_s,
        case when is_key_1_active then coalesce(abs(key_1_gap_s), 9223372036854775807) else 9223372036854775807 end as high_1_s,
        case when is_key_2_active then coalesce(abs(key_2_gap_s), 9223372036854775807) else 9223372036854775807 end as high_2_s,
        has_more_credentials
    from user_credential
    where n_keys_at_most > 0
),

least_gaps as (
    select
        snapshot_id,
        user_id,
        n_keys,
        coalesce(case when has_more_credentials then null when low_1_s < low_2_s then low_1_s when low_2_s <= low_1_s then low_2_s end, 0) as low_s,
        nullif(least(high_1_s, high_2_s), 9223372036854775807) as high_s
    from gaps
),

verdicts as (
    select
        g.*,
        case when high_s <= setting.value then true when low_s > setting.value then false end as is_violation
    from least_gaps g
    join setting on setting.setting_id = 'no_initial_key.seconds'
)

select
    'no_initial_key' as practice_id,
    snapshot_id,
    user_id,
    is_violation,
    low_s as age_low_s,
    high_s as age_high_s
from verdicts
