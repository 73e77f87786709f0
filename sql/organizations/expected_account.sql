-- Title: Accounts that each organization expects
-- Grain: one row per organization and account
-- Reads: aws_account, account_expectation, stg_document, scope
-- Counts: accounts that the state of an AWS Organization has as ACTIVE, that a manifest names, or that files other than credential reports are about; known_from is the first of these
-- Unknown: account_name is NULL where no list of AWS Organizations has it
-- Why: definitions, "Coverage": sets of account ids, never differences of counts
with sources as (
    select org_id, account_id, 1 as position
    from aws_account
    where is_active
    union all
    select e.org_id, e.account_id, 2
    from account_expectation e
    cross join scope
    where e.account_id is not null and (scope.as_of is null or e.captured_at is null or e.captured_at <= scope.as_of)
    union all
    select org_id, account_id, 3
    from stg_document
    where account_id is not null and is_in_scope
),

accounts as (
    select org_id, account_id, min(position) as position
    from sources
    group by org_id, account_id
)

select
    e.org_id,
    e.account_id,
    a.account_name,
    case e.position when 1 then 'AWS Organizations' when 2 then 'manifest' else 'other files' end as known_from
from accounts e
left join aws_account a on a.org_id = e.org_id and a.account_id = e.account_id
where e.position < 3 or a.is_active is null or a.is_active
