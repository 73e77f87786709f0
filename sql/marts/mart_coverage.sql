-- Title: Coverage of each organization
-- Threshold: coverage.max_age = 365 d; a snapshot that is older at the date of the census is too old
-- Grain: one row per organization
-- Reads: expected_account, stg_document, stg_snapshot, stg_file, setting, scope
-- Counts: accounts expected, received, received but too old, refused without a snapshot, and missing; accounts that other files mention but that have no credential report are missing, too
-- Unknown: n_expected is NULL where the snapshots do not tell
-- Why: a missing account is missing, not compliant
with census as (
    select max(captured_at) as captured_at
    from stg_snapshot
    where is_current
),

received as (
    select
        s.org_id,
        count(*) as n_received,
        count(*) filter (
            where date_diff('second', s.captured_at, coalesce(scope.as_of, census.captured_at)) > setting.value * 86400
        ) as n_too_old
    from stg_snapshot s
    cross join scope
    cross join census
    cross join setting
    where s.is_current and setting.setting_id = 'coverage.max_age'
    group by s.org_id
),

refused as (
    select f.org_id, count(distinct coalesce(f.account_id, f.path)) as n_refused
    from stg_file f
    left join stg_snapshot s on s.org_id = f.org_id and s.account_id = f.account_id and s.is_current
    where f.outcome = 'refused' and s.snapshot_id is null
    group by f.org_id
),

without_report as (
    select d.org_id, count(distinct d.account_id) as n_accounts
    from stg_document d
    left join stg_snapshot s on s.org_id = d.org_id and s.account_id = d.account_id and s.is_current
    where d.account_id is not null and s.snapshot_id is null
    group by d.org_id
)

select
    e.org_id,
    e.n_expected,
    coalesce(r.n_received, 0) as n_received,
    coalesce(r.n_too_old, 0) as n_too_old,
    coalesce(f.n_refused, 0) as n_refused,
    greatest(coalesce(e.n_expected, 0) - coalesce(r.n_received, 0), coalesce(w.n_accounts, 0)) as n_missing
from expected_account e
left join received r on r.org_id = e.org_id
left join refused f on f.org_id = e.org_id
left join without_report w on w.org_id = e.org_id
