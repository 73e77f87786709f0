-- Title: Accounts that can be compared, and those that cannot
-- Grain: one row per part: panel, came, no_newer
-- Reads: stg_panel, stg_user
-- Counts: accounts; their users at the first and at the last date, and in the panel those at both, matched within the account by user name; n_users_made_anew of these have another creation time: deleted, and created again under the same name
-- Unknown: a renamed user looks like one user gone and one new
-- Why: new and missing accounts change a rate although no user changed
with accounts as (
    select part, count(*) as n_accounts
    from stg_panel
    where is_last
    group by part
),

users as (
    select p.part, p.is_first, p.is_last, p.org_id, p.account_id, u.user_name, u.created_at
    from stg_panel p
    join stg_user u on u.snapshot_id = p.snapshot_id
    where p.is_first or p.is_last and p.part <> 'no_newer'
),

-- one row per name: somebody else may have written a name twice
names as (
    select
        part,
        count(*) filter (where is_first) as n_first,
        count(*) filter (where is_last) as n_last,
        min(created_at) filter (where is_first) <> min(created_at) filter (where is_last) as is_made_anew
    from users
    group by part, org_id, account_id, user_name
),

counts as (
    select
        part,
        sum(n_first) as n_users_first,
        sum(n_last) as n_users_last,
        count(*) filter (where n_first > 0 and n_last > 0) as n_users_both,
        count(*) filter (where is_made_anew) as n_users_made_anew
    from names
    group by part
)

select
    a.part,
    a.n_accounts,
    cast(coalesce(c.n_users_first, 0) as bigint) as n_users_first,
    cast(coalesce(c.n_users_last, 0) as bigint) as n_users_last,
    coalesce(c.n_users_both, 0) as n_users_both,
    coalesce(c.n_users_made_anew, 0) as n_users_made_anew
from accounts a
left join counts c on c.part = a.part
