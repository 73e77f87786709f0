-- Title: AWS Config rules and the practices they check
-- Grain: one row per managed rule
-- Reads: nothing
-- Counts: usual_name is the name of the rule unless it was renamed; difference says how the rule differs from the practice
-- Why: two methods on the same users, side by side
select *
from (values
    (
        'MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS',
        'mfa-enabled-for-iam-console-access',
        'console_mfa',
        'AWS Config checks the MFA device only, not what service control policies enforce'
    ),
    (
        'ACCESS_KEYS_ROTATED',
        'access-keys-rotated',
        'key_rotation',
        'AWS Config has its own threshold, maxAccessKeyAge, and its own time of evaluation'
    ),
    (
        'IAM_USER_UNUSED_CREDENTIALS_CHECK',
        'iam-user-unused-credentials-check',
        'unused_user',
        'AWS Config fails a user for any single unused credential, and has its own threshold'
    )
) as config_rule_practice (identifier, usual_name, practice_id, difference)
