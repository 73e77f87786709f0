-- Title: Accounts at each of the compared dates
-- Grain: one row per compared date and account with a snapshot at or before it
-- Reads: snapshot, compared_date, scope
-- Counts: the newest snapshot of the account at or before the date. part is panel: it has one at or before the first date and a newer one by the last; came: its first is after the first date; no_newer: its newest is not after the first date
-- Unknown: whether an account without a newer snapshot was closed or was not captured again
-- Why: accounts are captured on different days; rates of a trend are over the same accounts at each date
with ranked as (
    select
        d.position,
        s.snapshot_id,
        s.org_id,
        s.account_id,
        s.captured_at,
        row_number() over (
            partition by d.position, s.org_id, s.account_id
            order by s.captured_at desc, s.snapshot_id desc
        ) as newness
    from snapshot s
    join compared_date d on s.captured_at <= d.as_of
),

newest as (
    select
        r.*,
        lag(snapshot_id) over (partition by org_id, account_id order by position) as snapshot_id_before,
        min(captured_at) over (partition by org_id, account_id) as first_at,
        max(captured_at) over (partition by org_id, account_id) as last_at
    from ranked r
    where newness = 1
),

bounds as (
    select min(as_of) as first_date, min(position) as first_position, max(position) as last_position
    from compared_date
)

select
    n.position,
    n.position = b.first_position as is_first,
    n.position = b.last_position as is_last,
    n.org_id,
    n.account_id,
    case when scope.sampling_unit = 'account' then n.account_id else '' end as cluster_account_id,
    n.snapshot_id,
    n.captured_at,
    n.snapshot_id_before is null or n.snapshot_id <> n.snapshot_id_before as is_newer,
    case when n.first_at > b.first_date then 'came' when n.last_at > b.first_date then 'panel' else 'no_newer' end as part
from newest n
cross join bounds b
cross join scope
