-- Title: MFA of console users
-- Finding: Console users without MFA
-- Order: 1
-- Headline: have a console password, but neither an MFA device nor a policy that enforces MFA
-- Figure: mfa
-- Grain: one row per user with a console password, or with one that may exist
-- Reads: user_credential, stg_snapshot, mfa_verdict
-- Counts: a user with a console password, no MFA device, and no service control policy that enforces MFA on the account
-- Applies: users with a console password
-- Unknown: users without a device in accounts of an AWS Organization whose service control policies are not in the snapshots
-- Why: A password alone is one guess, leak or phishing mail away from the account. With MFA, the password is not enough.
-- Detect: The columns `password_enabled` and `mfa_active` of the credential report; the AWS Config rule `mfa-enabled-for-iam-console-access`; for what the organization enforces, `aws organizations list-policies --filter SERVICE_CONTROL_POLICY` and `describe-policy`.
-- Prevent: Give people federated access instead of IAM users. For users that must stay: `aws iam enable-mfa-device`, and a service control policy that denies everything except MFA self-service while `aws:MultiFactorAuthPresent` is not true.
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
where has_password or has_password is null
