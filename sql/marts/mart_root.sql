-- Title: Root users
-- Grain: one row per check
-- Reads: stg_root, stg_snapshot, setting
-- Counts: accounts whose root user fails the check; a root without any credential passes
-- Unknown: accounts whose report shows no root row, or not the cell
-- Why: the article's methodology: recent is root_used.days before the snapshot, since a snapshot is one point in time
with roots as (
    select
        r.*,
        case
            when r.idle_s <= setting.value * 86400 then true
            when r.is_use_known then false
        end as is_used_recently
    from stg_root r
    join stg_snapshot s on s.snapshot_id = r.snapshot_id
    cross join setting
    where s.is_current and setting.setting_id = 'root_used.days'
)

select
    1 as position,
    'root.no_mfa' as figure_id,
    'Root without MFA' as title,
    count(*) filter (where not has_mfa and not coalesce(is_without_credentials, false)) as numerator,
    count(*) as denominator,
    count(*) filter (where has_mfa is null and not coalesce(is_without_credentials, false)) as n_unknown
from roots
union all
select
    2,
    'root.active_key',
    'Root with an active access key',
    count(*) filter (where has_active_key),
    count(*),
    count(*) filter (where has_active_key is null)
from roots
union all
select
    3,
    'root.used_recently',
    'Root used recently',
    count(*) filter (where is_used_recently),
    count(*),
    count(*) filter (where is_used_recently is null)
from roots
union all
select
    4,
    'root.no_credentials',
    'Root without password and keys (central root management)',
    count(*) filter (where is_without_credentials),
    count(*),
    count(*) filter (where is_without_credentials is null)
from roots
