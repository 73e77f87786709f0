-- Title: No access key is made together with its user
-- Order: 2
-- Headline: have an enabled access key that was made within {no_initial_key.seconds} of the user
-- Figure: initial_key
-- Grain: one row per user with an enabled key, or with one that nobody knows of
-- Reads: user_credential, setting
-- Counts: a user with an enabled key, in slot 1 or 2, that was made within {no_initial_key.seconds} of the user, before or after
-- Applies: users with an enabled key
-- Unknown: users where the time of the user or of an enabled key is not known
-- Why: A key handed out with the user, before anybody asked for one, is often never needed, lies around, and leaks unnoticed.
-- Detect: Compare `user_creation_time` of the credential report with `access_key_1_last_rotated` and `access_key_2_last_rotated` of enabled keys. There is no AWS Config rule for it.
-- Prevent: Create users without keys, and make `aws iam create-access-key` a request of its own, with a reason and an end.
with verdicts as (
    select
        snapshot_id,
        user_id,
        n_keys,
        case
            when gap_high_s <= setting.value then true
            when gap_low_s > setting.value then false
        end as is_violation,
        gap_low_s as age_low_s,
        gap_high_s as age_high_s
    from user_credential
    join setting on setting.setting_id = 'no_initial_key.seconds'
    where n_keys_at_most > 0
)

select
    'no_initial_key' as practice_id,
    snapshot_id,
    user_id,
    is_violation,
    age_low_s,
    age_high_s
from verdicts
where n_keys > 0 or is_violation is null
