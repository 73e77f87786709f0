-- Title: Accounts that each organization expects
-- Grain: one row per organization
-- Reads: organization, account_expectation, aws_member, stg_document, scope
-- Counts: the number in the newest manifest, or else the active accounts in the newest list of AWS Organizations
-- Unknown: n_expected is NULL where neither is in the snapshots
-- Why: a missing account is missing, not compliant
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

-- closed accounts are not expected
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
        join stg_document d on d.document_id = m.document_id
        where d.is_in_scope
    ) members
    where captured_at = newest_at and (status is null or status = 'ACTIVE')
    group by org_id
)

select o.org_id, coalesce(m.n_accounts, l.n_accounts) as n_expected
from organization o
left join manifests m on m.org_id = o.org_id
left join listed l on l.org_id = o.org_id
