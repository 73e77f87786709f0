-- Title: Snapshots, and which of them count
-- Grain: one row per snapshot
-- Reads: snapshot, scope
-- Counts: is_in_scope marks snapshots at or before the date of the census, is_current the newest of them of each account; org_id and cluster_account_id identify the cluster, the sampling unit of intervals: the account, or with '' the whole organization
-- Unknown: is_standalone is NULL where no manifest tells
-- Why: definitions, "Population"; an account is counted once, at one time
with ranked as (
    select
        s.*,
        scope.sampling_unit,
        scope.as_of is null or s.captured_at <= scope.as_of as is_in_scope,
        row_number() over (
            partition by s.org_id, s.account_id, scope.as_of is null or s.captured_at <= scope.as_of
            order by s.captured_at desc, s.snapshot_id desc
        ) as newness
    from snapshot s
    cross join scope
)

select
    snapshot_id,
    org_id,
    account_id,
    case when sampling_unit = 'account' then account_id else '' end as cluster_account_id,
    captured_at,
    captured_at_source,
    captured_at_is_date,
    source_note,
    is_standalone,
    ranked.partition as aws_partition,
    is_in_scope,
    is_in_scope and newness = 1 as is_current
from ranked
