-- Title: Users that nobody uses are disabled
-- Finding: Unused users
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
with idles as (
    select
        snapshot_id,
        user_id,
        n_credentials,
        case when not has_password then 9223372036854775807 else coalesce(password_idle_s, 0) end as low_0_s,
        case when not has_key_1 or not is_key_1_active then 9223372036854775807 else coalesce(key_1_idle_s, 0) end as low_1_s,
        case when not has_key_2 or not is_key_2_active then 9223372036854775807 else coalesce(key_2_idle_s, 0) end as low_2_s,
        case when has_password then coalesce(password_idle_s, 9223372036854775807) else 9223372036854775807 end as high_0_s,
        case when is_key_1_active then coalesce(key_1_idle_s, 9223372036854775807) else 9223372036854775807 end as high_1_s,
        case when is_key_2_active then coalesce(key_2_idle_s, 9223372036854775807) else 9223372036854775807 end as high_2_s
    from user_credential
    where n_credentials_at_most > 0
),

least_idles as (
    select
        snapshot_id,
        user_id,
        n_credentials,
        case when n_credentials > 0 then least(low_0_s, low_1_s, low_2_s) else 0 end as low_s,
        nullif(least(high_0_s, high_1_s, high_2_s), 9223372036854775807) as high_s
    from idles
),

verdicts as (
    select
        i.*,
        case when low_s > setting.value * 86400 then true when high_s <= setting.value * 86400 then false end as is_violation
    from least_idles i
    join setting on setting.setting_id = 'unused_user.days'
)

select
    'unused_user' as practice_id,
    snapshot_id,
    user_id,
    is_violation,
    low_s as age_low_s,
    high_s as age_high_s
from verdicts
where n_credentials > 0 or is_violation is null
