-- Title: The panel at each of the compared dates, in each cluster
-- Grain: one row per compared date, practice and cluster of the panel: an organization, or an account where the reader chose accounts
-- Reads: practice, compared_verdict, stg_panel, stg_user
-- Counts: violations over all users of the cluster's accounts, each account by its newest snapshot at or before the date
-- Unknown: n_unknown of the denominator could be in the numerator
-- Why: both ends of a difference are about the same accounts
with clusters as (
    select position, org_id, account_id as of_account, cluster_account_id as account_id, snapshot_id
    from stg_panel
    where part = 'panel'
),

users as (
    select c.position, c.org_id, c.account_id, count(u.user_id) as n_users
    from clusters c
    left join stg_user u on u.snapshot_id = c.snapshot_id
    group by c.position, c.org_id, c.account_id
),

verdicts as (
    select
        v.position,
        v.practice_id,
        c.org_id,
        c.account_id,
        count(*) filter (where v.is_violation) as n_violations,
        count(*) filter (where v.is_violation is null) as n_unknown
    from compared_verdict v
    join clusters c on c.position = v.position and c.org_id = v.org_id and c.of_account = v.account_id
    group by v.position, v.practice_id, c.org_id, c.account_id
)

select
    u.position,
    r.practice_id,
    u.org_id,
    u.account_id,
    coalesce(v.n_violations, 0) as numerator,
    u.n_users as denominator,
    coalesce(v.n_unknown, 0) as n_unknown
from users u
cross join practice r
left join verdicts v
    on v.position = u.position and v.practice_id = r.practice_id and v.org_id = u.org_id and v.account_id = u.account_id
