-- Title: Coverage of each organization
-- Grain: one row per organization
-- Reads: organization, account_expectation, document, aws_member, stg_snapshot, source_file, setting, scope
-- Counts: accounts that other files speak of but that have no credential report are missing, too; accounts expected, received, received but too old, and refused without a snapshot of their own
-- Unknown: n_expected is NULL where nobody says how many there are
-- Why: a missing account is missing, never clean
with manifests as (
    select org_id, n_accounts
    from (
        select
            e.org_id,
            e.n_accounts,
            row_number() over (partition by e.org_id order by e.captured_at desc nulls last, e.file_id desc) as newness
        from account_expectation e
        cross join scope
        where scope.as_of is null or e.captured_at is null or e.captured_at <= scope.as_of
    ) ranked
    where newness = 1
),

-- the newest listing of each organization; closed accounts are not expected
listed as (
    select org_id, count(distinct account_id) as n_accounts
    from (
        select
            d.org_id,
            m.account_id,
            m.status,
            d.captured_at,
            max(d.captured_at) over (partition by d.org_id) as newest_at
        from aws_member m
        join document d on d.document_id = m.document_id
        cross join scope
        where scope.as_of is null or d.captured_at <= scope.as_of
    ) members
    where captured_at = newest_at and (status is null or status = 'ACTIVE')
    group by org_id
),

expected as (
    select o.org_id, coalesce(m.n_accounts, l.n_accounts) as n_expected
    from organization o
    left join manifests m on m.org_id = o.org_id
    left join listed l on l.org_id = o.org_id
),

census as (
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
    from source_file f
    left join stg_snapshot s on s.org_id = f.org_id and s.account_id = f.account_id and s.is_current
    where f.outcome = 'refused' and s.snapshot_id is null
    group by f.org_id
),

without_report as (
    select d.org_id, count(distinct d.account_id) as n_accounts
    from document d
    left join stg_snapshot s on s.org_id = d.org_id and s.account_id = d.account_id and s.is_current
    where d.account_id is not null and s.snapshot_id is null
    group by d.org_id
)

select
    o.org_id,
    e.n_expected,
    coalesce(r.n_received, 0) as n_received,
    coalesce(r.n_too_old, 0) as n_too_old,
    coalesce(f.n_refused, 0) as n_refused,
    greatest(coalesce(e.n_expected, 0) - coalesce(r.n_received, 0), coalesce(w.n_accounts, 0)) as n_missing
from organization o
left join expected e on e.org_id = o.org_id
left join received r on r.org_id = o.org_id
left join refused f on f.org_id = o.org_id
left join without_report w on w.org_id = o.org_id
