-- Title: Unused users
-- Finding: Unused users
-- Order: 5
-- Headline: have enabled credentials, none of them used for more than {unused_user.days}
-- Figure: unused
-- Threshold: days = 90 d; a user with no activity for longer is unused
-- Tiers: 90, 365 d; no enabled credential was active for longer
-- Grain: one row per user with an enabled credential, or with one that may be enabled
-- Reads: user_credential, setting
-- Counts: a user whose last activity, over all enabled credentials, is more than {unused_user.days} ago
-- Applies: users with an enabled credential
-- Unknown: users where the activity or the state of a credential is unknown, or whose report lacks keys, and no other credential was active
-- Why: Misuse of a login that has no regular user goes unnoticed.
-- Detect: `password_last_used` and `access_key_N_last_used_date` of the credential report; where they are `no_information` or `N/A`, `password_last_changed` and `access_key_N_last_rotated`. The AWS Config rule `iam-user-unused-credentials-check` checks each credential separately.
-- Prevent: `aws iam delete-login-profile` and `aws iam update-access-key --status Inactive` after a fixed time without use; prefer roles, which have no long-term credentials.
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
        case when is_key_2_active then coalesce(key_2_idle_s, 9223372036854775807) else 9223372036854775807 end as high_2_s,
        has_more_credentials
    from user_credential
    where n_credentials_at_most > 0
),

least_idles as (
    select
        snapshot_id,
        user_id,
        n_credentials,
        case when n_credentials > 0 and not has_more_credentials then least(low_0_s, low_1_s, low_2_s) else 0 end as low_s,
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
