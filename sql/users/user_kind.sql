-- Title: Kinds of users that rule sets distinguish
-- Grain: in a database one row per IAM user or root of a snapshot; in a report one per kind and cluster: users of the current snapshots with equal columns
-- Reads: user_credential, root_credential, user_key_by_name, stg_snapshot
-- Counts: n_users of the kind, root users included. Ages are rounded: they compare with each threshold of a rule set as the exact age does; ..._midnight_s are ages at the midnight before the snapshot. n_named_keys and n_named_keys_at_most: keys found by the text of the user name
-- Unknown: as in user_credential
-- Why: millions of users fall into few kinds; clusters are kept apart because rates of rule sets are printed or withheld by their variance over clusters
with users as (
    select
        u.*,
        false as is_root,
        case when u.is_without_path then u.n_keys + coalesce(n.n_keys, 0) when not u.is_without_path then 0 end as n_named_keys,
        case when u.is_without_path then u.n_keys_at_most + coalesce(n.n_keys_at_most, 0) else 0 end as n_named_keys_at_most,
        coalesce(u.is_without_path and (u.has_key_1 or u.has_key_2 or n.user_id is not null), false) as has_named_keys
    from user_credential u
    left join user_key_by_name n on n.user_id = u.user_id
    union all
    select r.*, true, null, null, null
    from root_credential r
)

select
    {one user_id} as user_id,
    {one u.snapshot_id} as snapshot_id,
    s.org_id,
    s.cluster_account_id,
    u.is_current,
    is_root,
    has_password,
    is_password_implied,
    has_mfa,
    is_password_never_used,
    is_password_dated,
    {bucket days: password_idle_s} as password_idle_s,
    {bucket days: password_idle_s - midnight_s} as password_idle_midnight_s,
    has_key_1,
    is_key_1_active,
    is_key_1_never_used,
    is_key_1_dated,
    {bucket days: key_1_age_s} as key_1_age_s,
    {bucket days: key_1_age_s - midnight_s} as key_1_age_midnight_s,
    {bucket days: key_1_idle_s} as key_1_idle_s,
    {bucket days: key_1_idle_s - midnight_s} as key_1_idle_midnight_s,
    {bucket seconds: key_1_gap_s} as key_1_gap_s,
    has_key_2,
    is_key_2_active,
    is_key_2_never_used,
    is_key_2_dated,
    {bucket days: key_2_age_s} as key_2_age_s,
    {bucket days: key_2_age_s - midnight_s} as key_2_age_midnight_s,
    {bucket days: key_2_idle_s} as key_2_idle_s,
    {bucket days: key_2_idle_s - midnight_s} as key_2_idle_midnight_s,
    {bucket seconds: key_2_gap_s} as key_2_gap_s,
    n_keys,
    n_keys_at_most,
    has_named_keys,
    n_named_keys,
    n_named_keys_at_most,
    count(*) as n_users
from users u
join stg_snapshot s on s.snapshot_id = u.snapshot_id
where {in report: u.is_current}
group by all
