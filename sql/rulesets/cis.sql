-- Title: CIS AWS Foundations Benchmark
-- Order: 2
-- Grain: one row per rule and unit: user, key, or credential (slot 0 is the password)
-- Reads: stg_user, stg_access_key, access_key
-- Counts: what an auditor finds who follows the audit text; 45 d and 90 d, and 0 s for "created at the same time", are the text's own and no settings
-- Unknown: units whose cells the data do not give; only known violations count
-- Why: the text that most tools follow, each in its own way. An auditor's ages are those of the day of the audit; here they are those at the time of the snapshot
-- Source: CIS AWS Foundations 4.0.0, recommendations 1.10 to 1.14, and 1.3.0, recommendation 1.12, by the audit texts in prowler-cloud/prowler, prowler/compliance/aws/cis_4.0_aws.json, and turbot/steampipe-mod-aws-compliance, cis_v130/docs/cis_v130_1_12.md; the benchmark's own document was not read
-- Differs console_mfa: of users with a password those without a device; no service control policy counts
-- Differs no_initial_key: two tests that are not the same. Console: a key, active or not, of a user with a password, made in the user's own second. Command line: an active key of a user with a password that was never used, whenever it was made
-- Differs one_active_key: two active keys, of all users
-- Differs key_rotation: counts active keys, not users: those older than 90 d; exactly 90 d pass
-- Differs unused_user: counts enabled credentials, each on its own: one at rest for 45 d (1.3.0: 90 d) or more, exactly 45 d included; never used counts from the last change or rotation
with keys as (
    select
        k.snapshot_id,
        k.user_id,
        k.slot,
        k.is_active,
        u.has_password,
        date_diff('second', u.created_at, k.last_rotated_at) as gap_s,
        case when k.last_used_at is not null then false when k.last_used_word <> '' then true end as is_never_used
    from access_key k
    join stg_user u on u.user_id = k.user_id
    where u.has_password is null or u.has_password
),

credentials as (
    select snapshot_id, user_id, 0 as slot, has_password as is_enabled, password_idle_s as idle_s
    from stg_user
    where has_password is null or has_password
    union all
    select snapshot_id, user_id, slot, is_active, idle_s
    from stg_access_key
),

rests as (
    select 'v4.0.0 1.12' as rule, 45 as days
    union all
    select 'v1.3.0 1.12', 90
),

verdicts as (
    select
        'console_mfa' as practice_id,
        'v4.0.0 1.10' as rule,
        'user' as unit,
        snapshot_id,
        user_id,
        cast(null as tinyint) as slot,
        has_password and not has_mfa as is_violation
    from stg_user
    where has_password is null or has_password
    union all
    select 'no_initial_key', 'v4.0.0 1.11 console', 'key', snapshot_id, user_id, slot, has_password and gap_s = 0
    from keys
    union all
    select
        'no_initial_key',
        'v4.0.0 1.11 command line',
        'key',
        snapshot_id,
        user_id,
        slot,
        has_password and is_active and is_never_used
    from keys
    where is_active is null or is_active
    union all
    select
        'one_active_key',
        'v4.0.0 1.13',
        'user',
        u.snapshot_id,
        u.user_id,
        null,
        case
            when count(*) filter (where k.is_active) > 1 then true
            when count(k.slot) < 2 then false
        end
    from stg_user u
    left join stg_access_key k on k.user_id = u.user_id
    group by u.snapshot_id, u.user_id
    union all
    select 'key_rotation', 'v4.0.0 1.14', 'key', snapshot_id, user_id, slot, is_active and age_s > 90 * 86400
    from stg_access_key
    union all
    select 'unused_user', r.rule, 'credential', c.snapshot_id, c.user_id, c.slot, c.is_enabled and c.idle_s >= r.days * 86400
    from credentials c
    cross join rests r
)

select
    'cis' as ruleset_id,
    practice_id,
    rule,
    unit,
    snapshot_id,
    user_id,
    cast(slot as tinyint) as slot,
    is_violation
from verdicts
