-- Title: Console users have multi-factor authentication
-- Finding: Console users without MFA
-- Order: 1
-- Headline: have a console password and no MFA, neither a device nor a policy that is known to demand it
-- Figure: mfa
-- Grain: one row per user with a console password, or with one that nobody knows of
-- Reads: user_credential, stg_snapshot, mfa_verdict
-- Counts: a user with a console password, no MFA device, and no service control policy that enforces MFA on the account
-- Applies: users with a console password
-- Unknown: users without a device in accounts of an AWS Organization whose service control policies are not in the snapshots
-- Why: A password alone is one guess, one leak or one phishing mail away from the account. With a second factor the password is not enough.
-- Detect: The column `mfa_active` of the credential report beside `password_enabled`; the AWS Config rule `mfa-enabled-for-iam-console-access`; `aws organizations list-policies --filter SERVICE_CONTROL_POLICY` and `describe-policy` for what the organization enforces.
-- Prevent: Give people federated access instead of IAM users. For users that must stay: `aws iam enable-mfa-device`, and a service control policy that denies everything but MFA self-service while `aws:MultiFactorAuthPresent` is not true.
with verdicts as (
    select
        u.snapshot_id,
        u.user_id,
        u.has_password,
        u.has_password and not u.has_mfa and not m.is_mfa_enforced as is_violation
    from user_credential u
    join stg_snapshot s on s.snapshot_id = u.snapshot_id
    join mfa_verdict m on m.org_id = s.org_id and m.account_id = s.account_id
)

select
    'console_mfa' as practice_id,
    snapshot_id,
    user_id,
    is_violation,
    cast(null as bigint) as age_low_s,
    cast(null as bigint) as age_high_s
from verdicts
where has_password or (has_password is null and is_violation is null)
