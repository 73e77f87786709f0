-- Title: Violations of each practice in each organization
-- Grain: one row per practice and organization that has users
-- Reads: practice, practice_user, stg_user, stg_snapshot
-- Counts: n_users all IAM users, n_applicable those it applies to, n_violations and n_unknown of them
-- Unknown: n_unknown are users whose verdict the data cannot give; they are in both denominators
-- Why: the organization is the sampling unit: rates, spreads and intervals all come from this table
with users as (
    select s.org_id, count(*) as n_users
    from stg_user u
    join stg_snapshot s on s.snapshot_id = u.snapshot_id
    where s.is_current
    group by s.org_id
),

verdicts as (
    select
        practice_id,
        org_id,
        count(*) as n_applicable,
        count(*) filter (where is_violation) as n_violations,
        count(*) filter (where is_violation is null) as n_unknown
    from practice_user
    where is_current
    group by practice_id, org_id
)

select
    p.practice_id,
    u.org_id,
    u.n_users,
    coalesce(v.n_applicable, 0) as n_applicable,
    coalesce(v.n_violations, 0) as n_violations,
    coalesce(v.n_unknown, 0) as n_unknown
from practice p
cross join users u
left join verdicts v on v.practice_id = p.practice_id and v.org_id = u.org_id
