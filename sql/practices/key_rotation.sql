-- Title: Active access keys are rotated
-- Order: 4
-- Headline: have an active access key that was not rotated for more than {key_rotation.days}
-- Figure: rotation
-- Grain: one row per user with an active key, or with one that nobody knows of
-- Reads: stg_access_key, setting
-- Counts: a user with an active key last rotated more than {key_rotation.days} ago; its age is that of the oldest active key
-- Applies: users with an active key
-- Unknown: users where the age of an active key, or whether it is active, is not known and no other key is too old
-- Why: A key is a password that programs keep in files. The longer it lives, the more places hold a copy, and the longer a copy that leaked works.
-- Detect: `access_key_1_last_rotated` and `access_key_2_last_rotated` of active keys in the credential report; the AWS Config rule `access-keys-rotated`. Sort by age: keys of more than a year show that nothing rotates them.
-- Prevent: Replace keys by roles where the program runs on AWS or can federate. For the rest: `aws iam create-access-key`, move the program, `aws iam update-access-key --status Inactive`, then delete.
with users as (
    select
        user_id,
        snapshot_id,
        count(*) filter (where is_active) as n_active,
        coalesce(max(age_s) filter (where is_active), 0) as age_low_s,
        case when count(age_s) = count(*) then max(age_s) end as age_high_s
    from stg_access_key
    group by user_id, snapshot_id
),

verdicts as (
    select
        users.*,
        case
            when age_low_s > setting.value * 86400 then true
            when age_high_s <= setting.value * 86400 then false
        end as is_violation
    from users
    join setting on setting.setting_id = 'key_rotation.days'
)

select
    'key_rotation' as practice_id,
    snapshot_id,
    user_id,
    is_violation,
    age_low_s,
    age_high_s
from verdicts
where n_active > 0 or is_violation is null
