-- The numbers that a reader may want otherwise: thresholds and the edges of
-- the age tiers. One row per value; --set and the config file replace rows.
create or replace {temp} table setting (
    setting_id  varchar not null,   -- <practice_id>.<name>
    position    integer not null,   -- of the value in its list, from 1
    value       double not null,
    unit        varchar not null,   -- d, s, ...
    meaning     varchar not null
);

insert into setting values
    ('no_initial_key.seconds',  1, 10,   's', 'a key made so close to its user, before or after, was made with the user'),
    ('no_initial_key.tiers',    1, 0,    's', 'the same, with other distances'),
    ('no_initial_key.tiers',    2, 1,    's', 'the same, with other distances'),
    ('no_initial_key.tiers',    3, 10,   's', 'the same, with other distances'),
    ('no_initial_key.tiers',    4, 60,   's', 'the same, with other distances'),
    ('one_active_key.tiers',    1, 30,   'd', 'both active keys are older'),
    ('one_active_key.tiers',    2, 90,   'd', 'both active keys are older'),
    ('one_active_key.tiers',    3, 365,  'd', 'both active keys are older'),
    ('one_active_key.rotating', 1, 30,   'd', 'a second key that is not older may be a rotation under way'),
    ('key_rotation.days',       1, 90,   'd', 'an active key that is older is not rotated'),
    ('key_rotation.tiers',      1, 90,   'd', 'an active key is older'),
    ('key_rotation.tiers',      2, 365,  'd', 'an active key is older'),
    ('key_rotation.tiers',      3, 1826, 'd', 'an active key is older; 1826 d are five years'),
    ('unused_user.days',        1, 90,   'd', 'a user whose enabled credentials all rest for longer is unused'),
    ('unused_user.tiers',       1, 90,   'd', 'all enabled credentials rest for longer'),
    ('unused_user.tiers',       2, 365,  'd', 'all enabled credentials rest for longer'),
    ('root_used.days',          1, 7,    'd', 'a use of root that is not longer ago is recent'),
    ('password_policy.length',  1, 14,   'characters', 'a password policy must ask for so many (CIS 1.8)'),
    ('password_policy.reuse',   1, 24,   'passwords', 'a password policy must remember so many (CIS 1.9)'),
    ('password_policy.max_age', 1, 90,   'd', 'passwords must expire by then (CIS 1.2, 1.11; NIST SP 800-63B advises against it)'),
    ('coverage.max_age',        1, 365,  'd', 'a snapshot that is longer before the date of the census is too old');

-- The date of the census: the newest snapshot of each account at or before it
-- counts. NULL: the newest of all.
create or replace {temp} table scope (as_of timestamp);

insert into scope values (null);

-- The dates that are compared, in their order: two of them, or the days of a
-- trend. Empty: nothing is compared.
create or replace {temp} table compared_date (
    position    integer not null,   -- from 1, the earliest
    label       varchar not null,
    as_of       timestamp not null  -- the newest snapshot of each account at or before it counts
);

-- The practices evaluated at each of these dates, over the accounts that can
-- be compared: who violates one, and of whom the data cannot say.
create or replace {temp} table compared_verdict (
    position        integer not null,
    practice_id     varchar not null,
    org_id          varchar not null,
    user_id         bigint not null,
    is_violation    boolean             -- true, or NULL: unknown
);

-- The checks of accounts: the views in accounts/ give their verdicts.
create or replace {temp} table account_check (
    figure_id   varchar not null,
    section     varchar not null,
    position    integer not null,
    title       varchar not null
);

insert into account_check values
    ('root.no_mfa',               'root',            1, 'Root without MFA'),
    ('root.active_key',           'root',            2, 'Root with an active access key'),
    ('root.active_certificate',   'root',            3, 'Root with an active signing certificate'),
    ('root.used_recently',        'root',            4, 'Root used within {root_used.days}'),
    ('root.no_credentials',       'root',            5, 'Root without password and keys (central root management)'),
    ('password_policy.not_set',   'password_policy', 1, 'No password policy set: the default of AWS holds'),
    ('password_policy.short',     'password_policy', 2, 'Passwords of fewer than {password_policy.length} allowed'),
    ('password_policy.simple',    'password_policy', 3, 'Not all four kinds of characters required'),
    ('password_policy.reuse',     'password_policy', 4, 'Fewer than {password_policy.reuse} remembered'),
    ('password_policy.no_expiry', 'password_policy', 5, 'No expiry within {password_policy.max_age}');

-- The kinds that make up the estate; what is not among them is no thing of its
-- own, or is AWS's.
create or replace {temp} table estate_kind (
    kind        varchar not null,
    position    integer not null
);

insert into estate_kind values
    ('user', 1), ('group', 2), ('role', 3), ('policy', 4), ('bucket', 5),
    ('database', 6), ('trail', 7), ('instance', 8), ('security_group', 9);

-- Which source counts an account's things, where several do.
create or replace {temp} table source_preference (
    format      varchar not null,
    position    integer not null
);

insert into source_preference values
    ('credential-report', 1), ('authorization-details', 2), ('config-snapshot', 3), ('account-summary', 4);

-- Which practice an AWS Config rule looks at, and in which words they differ.
create or replace {temp} table config_witness (
    identifier  varchar not null,   -- of the managed rule
    usual_name  varchar not null,   -- of the rule, if nobody renamed it
    practice_id varchar not null,
    difference  varchar not null
);

insert into config_witness values
    ('MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS', 'mfa-enabled-for-iam-console-access', 'console_mfa', 'AWS Config looks at the device only, not at what service control policies demand'),
    ('ACCESS_KEYS_ROTATED', 'access-keys-rotated', 'key_rotation', 'AWS Config has a threshold of its own, maxAccessKeyAge, and the time of its own evaluation'),
    ('IAM_USER_UNUSED_CREDENTIALS_CHECK', 'iam-user-unused-credentials-check', 'unused_user', 'AWS Config fails a user for any one unused credential, and has a threshold of its own');
