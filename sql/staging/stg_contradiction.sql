-- Title: Files of one account and time that contradict each other
-- Grain: one row per file beside a credential report and contradiction
-- Reads: document, entity, described_user, root_summary, snapshot, iam_user, root_account
-- Counts: users of the account summary and of the authorization details, and MFA of root in the summary, against the report. A date without a time is the newest time of its day
-- Unknown: what one of the two files does not tell contradicts nothing; authorization details without users may have been asked for other entities
-- Why: one of the two files is cut, edited or of another account
with days as (
    select org_id, account_id, cast(captured_at as date) as captured_on, max(captured_at) as newest_at
    from snapshot
    group by org_id, account_id, captured_on
),

documents as (
    select
        d.document_id,
        d.file_id,
        d.format,
        d.org_id,
        d.account_id,
        case when d.captured_at = date_trunc('day', d.captured_at) then y.newest_at else d.captured_at end as captured_at,
        date_trunc('day', d.captured_at) as midnight
    from document d
    join days y on y.org_id = d.org_id and y.account_id = d.account_id and y.captured_on = cast(d.captured_at as date)
    where d.format in ('account-summary', 'authorization-details')
),

pairs as (
    select d.document_id, d.file_id, d.format, s.snapshot_id, s.org_id, s.account_id
    from documents d
    join snapshot s on s.org_id = d.org_id and s.account_id = d.account_id and s.captured_at = d.captured_at
    union all
    select d.document_id, d.file_id, d.format, s.snapshot_id, s.org_id, s.account_id
    from documents d
    join snapshot s on s.org_id = d.org_id and s.account_id = d.account_id and s.captured_at = d.midnight
    where d.midnight < d.captured_at
),

users as (
    select p.snapshot_id, count(u.user_id) as n_users
    from (select distinct snapshot_id from pairs) p
    left join iam_user u on u.snapshot_id = p.snapshot_id
    group by p.snapshot_id
),

listed as (
    select document_id, sum(n) as n_users
    from entity
    where kind = 'user' and entity_key is null
    group by document_id
    union all
    select document_id, count(distinct user_name)
    from described_user
    group by document_id
),

contradictions as (
    select
        p.file_id,
        p.org_id,
        p.account_id,
        p.format,
        'users' as what,
        cast(l.n_users as varchar) as theirs,
        cast(u.n_users as varchar) as ours
    from pairs p
    join listed l on l.document_id = p.document_id
    join users u on u.snapshot_id = p.snapshot_id
    where l.n_users <> u.n_users
    union all
    select
        p.file_id,
        p.org_id,
        p.account_id,
        p.format,
        'MFA devices of root',
        case when r.has_mfa then 'some' else 'none' end,
        case when a.mfa_active then 'some' else 'none' end
    from pairs p
    join root_summary r on r.document_id = p.document_id
    join root_account a on a.snapshot_id = p.snapshot_id
    where r.has_mfa <> a.mfa_active
)

select
    file_id,
    org_id,
    account_id,
    'contradiction' as kind,
    what || ': ' || theirs || ' in the ' || replace(format, '-', ' ') || ', ' || ours || ' in the credential report' as reason,
    'download both files again at the same time' as remedy
from contradictions
