-- Title: Accounts of which every file was refused
-- Grain: one row per organization and account; a refused credential report that names no account is one
-- Reads: source_file, snapshot
-- Counts: files of a known format: credential reports, and others in a folder of twelve digits
-- Unknown: account_id is NULL where no manifest, folder or flag names it
-- Why: definitions, "Coverage"; a file that is not recognized is no account
with files as (
    select
        org_id,
        account_id,
        path,
        outcome = 'refused' as is_refused,
        format like 'credential-report%' or format in ('steampipe', 'cloudquery') as is_report
    from source_file
    where outcome in ('refused', 'loaded', 'duplicate') and format is not null
),

accounts as (
    select org_id, account_id
    from files
    where account_id is not null
    group by org_id, account_id
    having count(*) filter (where not is_refused) = 0
        and (count(*) filter (where is_report) > 0 or length(account_id) = 12 and regexp_replace(account_id, '^[0-9]+$', '') = '')
    union all
    select org_id, account_id
    from files
    where account_id is null and is_report and is_refused
)

select a.org_id, a.account_id
from accounts a
left join (select distinct org_id, account_id from snapshot) s on s.org_id = a.org_id and s.account_id = a.account_id
where s.account_id is null
