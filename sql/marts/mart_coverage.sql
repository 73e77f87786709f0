-- Title: Coverage of each organization
-- Threshold: coverage.max_age = 365 d; a snapshot that is older at the date of the census is too old
-- Grain: one row per organization
-- Reads: expected_account, expected_count, stg_snapshot, stg_refused_account, setting, scope
-- Counts: accounts expected, received (expected, with a snapshot), missing (expected, without), not expected (with a snapshot), refused (all of their files), and with a snapshot that is too old; of accounts that a manifest only counts, received ones that nothing names take the place
-- Unknown: n_expected is NULL where neither a list of AWS Organizations nor a number in a manifest tells: all received accounts are expected then
-- Why: definitions, "Coverage": a missing account is missing, never clean
with census as (
    select max(captured_at) as captured_at
    from stg_snapshot
    where is_current
),

snapshots as (
    select
        s.org_id,
        count(*) as n_snapshots,
        count(e.account_id) as n_expected,
        count(*) filter (
            where date_diff('second', s.captured_at, coalesce(scope.as_of, census.captured_at)) > setting.value * 86400
        ) as n_too_old
    from stg_snapshot s
    left join expected_account e on e.org_id = s.org_id and e.account_id = s.account_id
    cross join scope
    cross join census
    cross join setting
    where s.is_current and setting.setting_id = 'coverage.max_age'
    group by s.org_id
),

named as (
    select org_id, count(*) as n_accounts
    from expected_account
    group by org_id
),

refused as (
    select org_id, count(*) as n_accounts
    from stg_refused_account
    group by org_id
),

numbers as (
    select
        o.org_id,
        o.is_listed or o.n_counted is not null as is_known,
        greatest(coalesce(n.n_accounts, 0), coalesce(o.n_counted, 0)) as n_expected,
        coalesce(n.n_accounts, 0) as n_named,
        coalesce(s.n_expected, 0) as n_received_named,
        coalesce(s.n_snapshots, 0) - coalesce(s.n_expected, 0) as n_others,
        coalesce(s.n_too_old, 0) as n_too_old,
        coalesce(r.n_accounts, 0) as n_refused
    from expected_count o
    left join named n on n.org_id = o.org_id
    left join snapshots s on s.org_id = o.org_id
    left join refused r on r.org_id = o.org_id
),

placed as (
    select
        numbers.*,
        case when is_known then least(n_others, n_expected - n_named) else n_others end as n_received_counted
    from numbers
)

select
    org_id,
    case when is_known then n_expected end as n_expected,
    n_received_named + n_received_counted as n_received,
    n_too_old,
    n_refused,
    case when is_known then n_expected - n_received_named - n_received_counted else n_named - n_received_named end as n_missing,
    n_others - n_received_counted as n_not_expected
from placed
