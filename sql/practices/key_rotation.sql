-- Title: Active access keys are rotated
-- Order: 4
-- Headline: have an active access key that was not rotated for more than {key_rotation.days}
-- Figure: rotation
-- Grain: one row per user with an active key, or with one that nobody knows of
-- Reads: user_credential, setting
-- Counts: a user with an active key last rotated more than {key_rotation.days} ago; its age is that of the oldest active key
-- Applies: users with an active key
-- Unknown: users where the age of an active key, or whether it is active, is not known and no other key is too old
-- Why: A key is a password that programs keep in files. The longer it lives, the more places hold a copy, and the longer a copy that leaked works.
-- Detect: `access_key_1_last_rotated` and `access_key_2_last_rotated` of active keys in the credential report; the AWS Config rule `access-keys-rotated`. Sort by age: keys of more than a year show that nothing rotates them.
-- Prevent: Replace keys by roles where the program runs on AWS or can federate. For the rest: `aws iam create-access-key`, move the program, `aws iam update-access-key --status Inactive`, then delete.
with verdicts as (
    select
        snapshot_id,
        user_id,
        n_keys,
        case
            when oldest_low_s > setting.value * 86400 then true
            when oldest_high_s <= setting.value * 86400 then false
        end as is_violation,
        oldest_low_s as age_low_s,
        oldest_high_s as age_high_s
    from user_credential
    join setting on setting.setting_id = 'key_rotation.days'
    where n_keys_at_most > 0
)

select
    'key_rotation' as practice_id,
    snapshot_id,
    user_id,
    is_violation,
    age_low_s,
    age_high_s
from verdicts
where n_keys > 0 or is_violation is null
