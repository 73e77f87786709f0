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

counts as (
    select
        part,
        count(*) filter (where is_first) as n_users_first,
        count(*) filter (where is_last) as n_users_last
    from users
    group by part
),

kept as (
    select
        b.part,
        count(*) as n_users_both,
        count(*) filter (where b.created_at <> a.created_at) as n_users_made_anew
    from users b
    join users a on a.org_id = b.org_id and a.account_id = b.account_id and a.user_name = b.user_name
    where b.is_first and a.is_last
    group by b.part
)

select
    a.part,
    a.n_accounts,
    coalesce(c.n_users_first, 0) as n_users_first,
    coalesce(c.n_users_last, 0) as n_users_last,
    coalesce(k.n_users_both, 0) as n_users_both,
    coalesce(k.n_users_made_anew, 0) as n_users_made_anew
from accounts a
left join counts c on c.part = a.part
left join kept k on k.part = a.part
