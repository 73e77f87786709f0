-- Title: Active access keys per user
-- Finding: Users with two active access keys
-- Order: 3
-- Headline: have two active access keys
-- Figure: two_keys
-- Threshold: rotating = 30 d; a second key up to this age may be part of a rotation
-- Tiers: 30, 90, 365 d; both active keys are older
-- Tier denominator: existed
-- Grain: one row per user with an active key, or with one that may be active
-- Reads: user_credential
-- Counts: a user with two active keys; its age is that of the younger key
-- Applies: users with an active key
-- Unknown: users where the state of a key is unknown, or whose report lacks keys; a key without date is at most as old as its user
-- Why: A second key is meant for the days of a rotation. If both stay, two secrets can leak, and it is soon unclear where each is used.
-- Detect: `access_key_1_active` and `access_key_2_active` of the credential report are both true, and neither key is young enough to be part of a rotation. There is no AWS Config rule for it.
-- Prevent: End each rotation with `aws iam update-access-key --status Inactive` for the old key and, when nothing breaks, `aws iam delete-access-key`.
with verdicts as (
    select
        snapshot_id,
        user_id,
        n_keys,
        case when n_keys = 2 then true when n_keys_at_most < 2 then false end as is_violation,
        coalesce(case when key_1_age_s < key_2_age_s then key_1_age_s when key_2_age_s <= key_1_age_s then key_2_age_s end, 0) as youngest_low_s,
        coalesce(case when key_1_age_s < key_2_age_s or key_2_age_s is null then key_1_age_s else key_2_age_s end, user_age_s) as youngest_high_s
    from (
        select c.*, case when is_created_known then age_s end as user_age_s
        from user_credential c
    ) users
    where n_keys_at_most > 0
)

select
    'one_active_key' as practice_id,
    snapshot_id,
    user_id,
    is_violation,
    case when is_violation then youngest_low_s else 0 end as age_low_s,
    case when is_violation is null or is_violation then youngest_high_s else 0 end as age_high_s
from verdicts
