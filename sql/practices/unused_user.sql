-- Title: Users that nobody uses are disabled
-- Order: 5
-- Headline: have credentials that nobody has used for more than {unused_user.days}
-- Figure: unused
-- Grain: one row per user with an enabled credential, or with one that nobody knows of
-- Reads: user_credential, setting
-- Counts: a user whose last activity, over all enabled credentials together, is more than {unused_user.days} ago
-- Applies: users with an enabled credential
-- Unknown: users where the activity of a credential, or whether it is enabled, is not known and no other credential was active
-- Why: A login that nobody uses is one that nobody misses when somebody else uses it.
-- Detect: `password_last_used` and `access_key_N_last_used_date` of the credential report; where they say `no_information` or `N/A`, `password_last_changed` and `access_key_N_last_rotated`. The AWS Config rule `iam-user-unused-credentials-check` looks at each credential on its own.
-- Prevent: `aws iam delete-login-profile` and `aws iam update-access-key --status Inactive` after a set time without use; prefer roles, which leave nothing behind.
with verdicts as (
    select
        snapshot_id,
        user_id,
        n_credentials,
        case
            when idle_low_s > setting.value * 86400 then true
            when idle_high_s <= setting.value * 86400 then false
        end as is_violation,
        idle_low_s as age_low_s,
        idle_high_s as age_high_s
    from user_credential
    join setting on setting.setting_id = 'unused_user.days'
    where n_credentials_at_most > 0
)

select
    'unused_user' as practice_id,
    snapshot_id,
    user_id,
    is_violation,
    age_low_s,
    age_high_s
from verdicts
where n_credentials > 0 or is_violation is null
