-- Title: No access key is made together with its user
-- Order: 2
-- Headline: have an enabled access key that was made within {no_initial_key.seconds} of the user
-- Figure: initial_key
-- Grain: one row per user with an enabled key, or with one that nobody knows of
-- Reads: stg_user, stg_access_key, setting
-- Counts: a user with an enabled key, in slot 1 or 2, that was made within {no_initial_key.seconds} of the user, before or after
-- Applies: users with an enabled key
-- Unknown: users where the time of the user or of an enabled key is not known
-- Why: A key handed out with the user, before anybody asked for one, is often never needed, lies around, and leaks unnoticed.
-- Detect: Compare `user_creation_time` of the credential report with `access_key_1_last_rotated` and `access_key_2_last_rotated` of enabled keys. There is no AWS Config rule for it.
-- Prevent: Create users without keys, and make `aws iam create-access-key` a request of its own, with a reason and an end.
with gaps as (
    select
        k.user_id,
        k.snapshot_id,
        k.is_active,
        abs(date_diff('second', u.created_at, k.last_rotated_at)) as gap_s
    from stg_access_key k
    join stg_user u on u.user_id = k.user_id
),

users as (
    select
        user_id,
        snapshot_id,
        count(*) filter (where is_active) as n_active,
        min(coalesce(gap_s, 0)) as age_low_s,
        min(gap_s) filter (where is_active) as age_high_s
    from gaps
    group by user_id, snapshot_id
),

verdicts as (
    select
        users.*,
        case
            when age_high_s <= setting.value then true
            when age_low_s > setting.value then false
        end as is_violation
    from users
    join setting on setting.setting_id = 'no_initial_key.seconds'
)

select
    'no_initial_key' as practice_id,
    snapshot_id,
    user_id,
    is_violation,
    age_low_s,
    age_high_s
from verdicts
where n_active > 0 or is_violation is null
