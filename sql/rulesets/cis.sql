-- Title: CIS AWS Foundations Benchmark
-- Order: 2
-- Grain: one row per rule and row of user_kind that it checks
-- Reads: user_kind
-- Counts: what an auditor finds by the audit text; 45 d and 90 d, and 0 s for "created at the same time", are those of the text and cannot be set
-- Unknown: units with a missing cell; only known violations count
-- Why: most tools implement this text, with differences. An auditor measures ages on the day of the audit; here they are measured at the time of the snapshot
-- Source: CIS AWS Foundations 4.0.0, recommendations 1.10 to 1.14, and 1.3.0, recommendation 1.12, by the audit texts in prowler-cloud/prowler, prowler/compliance/aws/cis_4.0_aws.json, and turbot/steampipe-mod-aws-compliance, cis_v130/docs/cis_v130_1_12.md; the benchmark's own document was not read
-- Differs console_mfa: users with a password and without a device; no service control policy counts
-- Differs no_initial_key: two different tests. Console: a key, active or not, of a user with a password, created in the same second as the user. Command line: an active, never used key of a user with a password, whenever it was created
-- Differs one_active_key: two active keys; all users are checked
-- Differs key_rotation: counts active keys, not users: those older than 90 d; exactly 90 d pass
-- Differs unused_user: counts enabled credentials, each on its own: one unused for 45 d (1.3.0: 90 d) or more, exactly 45 d included; never used counts from the last change or rotation
with kinds as (
    select * from user_kind
),

verdicts as (
    select
        'console_mfa' as practice_id,
        'v4.0.0 1.10' as rule,
        'user' as unit,
        snapshot_id,
        user_id,
        n_users,
        coalesce(cast(has_password and not has_mfa as tinyint), -1) as of_user,
        cast(null as tinyint) as of_password,
        cast(null as tinyint) as of_key_1,
        cast(null as tinyint) as of_key_2
    from kinds
    where not is_root and coalesce(has_password, true)
    union all
    select
        'no_initial_key',
        'v4.0.0 1.11 console',
        'key',
        snapshot_id,
        user_id,
        n_users,
        null,
        null,
        case when has_key_1 then coalesce(cast(has_password and key_1_gap_s = {seconds 0} as tinyint), -1) end,
        case when has_key_2 then coalesce(cast(has_password and key_2_gap_s = {seconds 0} as tinyint), -1) end
    from kinds
    where not is_root and coalesce(has_password, true)
    union all
    select
        'no_initial_key',
        'v4.0.0 1.11 command line',
        'key',
        snapshot_id,
        user_id,
        n_users,
        null,
        null,
        case when has_key_1 and coalesce(is_key_1_active, true) then coalesce(cast(has_password and is_key_1_active and is_key_1_never_used as tinyint), -1) end,
        case when has_key_2 and coalesce(is_key_2_active, true) then coalesce(cast(has_password and is_key_2_active and is_key_2_never_used as tinyint), -1) end
    from kinds
    where not is_root and coalesce(has_password, true)
    union all
    select
        'one_active_key',
        'v4.0.0 1.13',
        'user',
        snapshot_id,
        user_id,
        n_users,
        case when n_keys > 1 then 1 when n_keys_at_most < 2 then 0 else -1 end,
        null,
        null,
        null
    from kinds
    where not is_root
    union all
    select
        'key_rotation',
        'v4.0.0 1.14',
        'key',
        snapshot_id,
        user_id,
        n_users,
        null,
        null,
        case when has_key_1 and coalesce(is_key_1_active, true) then coalesce(cast(is_key_1_active and key_1_age_s > {days 90} as tinyint), -1) end,
        case when has_key_2 and coalesce(is_key_2_active, true) then coalesce(cast(is_key_2_active and key_2_age_s > {days 90} as tinyint), -1) end
    from kinds
    where not is_root
    union all
    select
        'unused_user',
        'v4.0.0 1.12',
        'credential',
        snapshot_id,
        user_id,
        n_users,
        null,
        case when coalesce(has_password, true) then coalesce(cast(has_password and password_idle_s >= {days 45} as tinyint), -1) end,
        case when has_key_1 and coalesce(is_key_1_active, true) then coalesce(cast(is_key_1_active and key_1_idle_s >= {days 45} as tinyint), -1) end,
        case when has_key_2 and coalesce(is_key_2_active, true) then coalesce(cast(is_key_2_active and key_2_idle_s >= {days 45} as tinyint), -1) end
    from kinds
    where not is_root
    union all
    select
        'unused_user',
        'v1.3.0 1.12',
        'credential',
        snapshot_id,
        user_id,
        n_users,
        null,
        case when coalesce(has_password, true) then coalesce(cast(has_password and password_idle_s >= {days 90} as tinyint), -1) end,
        case when has_key_1 and coalesce(is_key_1_active, true) then coalesce(cast(is_key_1_active and key_1_idle_s >= {days 90} as tinyint), -1) end,
        case when has_key_2 and coalesce(is_key_2_active, true) then coalesce(cast(is_key_2_active and key_2_idle_s >= {days 90} as tinyint), -1) end
    from kinds
    where not is_root
)

select
    'cis' as ruleset_id,
    verdicts.*
from verdicts
