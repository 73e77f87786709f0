-- Title: Number of accounts that each organization expects
-- Grain: one row per organization
-- Reads: organization, account_expectation, aws_document, aws_member, scope
-- Counts: n_counted, by the newest manifest with a number; is_listed: the state of an AWS Organization lists accounts
-- Unknown: n_counted is NULL where no manifest has a number; without it and without a list, nothing tells which accounts are expected
-- Why: a manifest may count accounts that nothing names
with manifests as (
    select org_id, n_accounts
    from (
        select
            e.org_id,
            e.n_accounts,
            row_number() over (partition by e.org_id order by e.captured_at desc nulls last, e.file_id desc) as newness
        from account_expectation e
        cross join scope
        where e.n_accounts is not null and (scope.as_of is null or e.captured_at is null or e.captured_at <= scope.as_of)
    ) ranked
    where newness = 1
),

listed as (
    select distinct d.org_id
    from aws_member m
    join aws_document d on d.document_id = m.document_id
)

select o.org_id, m.n_accounts as n_counted, l.org_id is not null as is_listed
from organization o
left join manifests m on m.org_id = o.org_id
left join listed l on l.org_id = o.org_id
