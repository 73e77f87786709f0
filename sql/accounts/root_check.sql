-- Title: The root user
-- Threshold: root_used.days = 7 d; a use of root at most this long ago is recent
-- Check root.no_mfa: Root without MFA
-- Check root.active_key: Root with an active access key
-- Check root.active_certificate: Root with an active signing certificate
-- Check root.used_recently: Root used within {root_used.days}
-- Check root.no_credentials: Root with neither password nor active access key (central root management)
-- Grain: one row per check and account
-- Reads: stg_root, stg_snapshot, setting
-- Counts: accounts whose root user has no MFA, an active key, an active certificate, or was used within root_used.days; and those whose root has no credentials, which is a good state
-- Unknown: accounts whose report has no root row, or not the cell; MFA is unknown where it is unknown whether root has credentials, and not applicable in aws-us-gov and aws-cn
-- Why: the article's methodology; a root user without password and keys needs no MFA (central root management)
with roots as (
    select
        r.*,
        s.org_id,
        s.account_id,
        s.aws_partition,
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
    'root.no_mfa' as figure_id,
    org_id,
    account_id,
    not has_mfa and not is_without_credentials as verdict
from roots
where aws_partition is null or aws_partition not in ('aws-us-gov', 'aws-cn')
union all
select 'root.active_key', org_id, account_id, has_active_key
from roots
union all
select 'root.active_certificate', org_id, account_id, has_active_certificate
from roots
union all
select 'root.used_recently', org_id, account_id, is_used_recently
from roots
union all
select 'root.no_credentials', org_id, account_id, is_without_credentials
from roots
