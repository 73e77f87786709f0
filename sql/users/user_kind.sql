-- Title: The credential report, line by line, as rule sets read it
-- Grain: one row per IAM user or root of a snapshot; in a report one per kind of them, those that no rule set can tell apart
-- Reads: user_credential, root_credential, user_key_by_name
-- Counts: n_users, the lines that a row stands for. Ages are rounded: they lie on the same side of each edge that a rule set names in its header; ..._midnight_s are those at the midnight before the snapshot. n_named_keys and n_named_keys_at_most: keys found by the text of the user's name
-- Unknown: as in user_credential
-- Why: there are millions of users, and few kinds of them
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
    user_id,
    snapshot_id,
    is_current,
    is_root,
    has_password,
    is_password_implied,
    has_mfa,
    is_password_never_used,
    is_password_dated,
    {edges d: password_idle_s} as password_idle_s,
    {edges d: password_idle_s - midnight_s} as password_idle_midnight_s,
    has_key_1,
    is_key_1_active,
    is_key_1_never_used,
    is_key_1_dated,
    {edges d: key_1_age_s} as key_1_age_s,
    {edges d: key_1_age_s - midnight_s} as key_1_age_midnight_s,
    {edges d: key_1_idle_s} as key_1_idle_s,
    {edges d: key_1_idle_s - midnight_s} as key_1_idle_midnight_s,
    {edges s: key_1_gap_s} as key_1_gap_s,
    has_key_2,
    is_key_2_active,
    is_key_2_never_used,
    is_key_2_dated,
    {edges d: key_2_age_s} as key_2_age_s,
    {edges d: key_2_age_s - midnight_s} as key_2_age_midnight_s,
    {edges d: key_2_idle_s} as key_2_idle_s,
    {edges d: key_2_idle_s - midnight_s} as key_2_idle_midnight_s,
    {edges s: key_2_gap_s} as key_2_gap_s,
    n_keys,
    n_keys_at_most,
    has_named_keys,
    n_named_keys,
    n_named_keys_at_most,
    1 as n_users
from users
