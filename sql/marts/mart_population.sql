-- Title: The data set in numbers
-- Grain: one row
-- Reads: stg_snapshot, mfa_verdict, user_count, scope
-- Counts: organizations, accounts and users of the current snapshots
-- Why: every rate over all users has n_users as its denominator
with snapshots as (
    select
        count(distinct s.org_id) as n_organizations,
        count(*) as n_accounts,
        count(*) filter (where m.is_standalone) as n_standalone,
        count(*) filter (where not m.is_standalone) as n_in_aws_organization,
        count(*) filter (where m.is_standalone is null) as n_membership_unknown,
        min(s.captured_at) as first_captured_at,
        max(s.captured_at) as last_captured_at,
        count(*) filter (where s.captured_at_is_date) as n_date_only
    from stg_snapshot s
    join mfa_verdict m on m.org_id = s.org_id and m.account_id = s.account_id
    where s.is_current
),

users as (
    select
        cast(coalesce(sum(u.n_users), 0) as bigint) as n_users,
        cast(coalesce(sum(u.n_users) filter (where u.has_password), 0) as bigint) as n_console_users,
        count(distinct u.snapshot_id) as n_accounts_with_users,
        cast(coalesce(sum(u.n_users * u.n_keys), 0) as bigint) as n_active_keys,
        cast(coalesce(sum(u.n_users) filter (where u.n_keys > 0), 0) as bigint) as n_key_users
    from user_count u
    join stg_snapshot s on s.snapshot_id = u.snapshot_id
    where s.is_current
),

every_snapshot as (
    select count(*) as n_snapshots from stg_snapshot
)

select *
from snapshots
cross join users
cross join every_snapshot
cross join scope
