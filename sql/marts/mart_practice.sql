-- Title: Each practice over the whole population
-- Grain: one row per practice
-- Reads: practice, practice_user, stg_user, stg_snapshot
-- Counts: numerator violations; n_users and n_applicable the two denominators
-- Unknown: n_unknown users whose verdict the data cannot give
-- Why: the table of practices
with users as (
    select count(*) as n_users
    from stg_user u
    join stg_snapshot s on s.snapshot_id = u.snapshot_id
    where s.is_current
),

verdicts as (
    select
        practice_id,
        count(*) as n_applicable,
        count(*) filter (where is_violation) as numerator,
        count(*) filter (where is_violation is null) as n_unknown
    from practice_user
    where is_current
    group by practice_id
)

select
    p.practice_id,
    p.position,
    p.title,
    p.figure_prefix || '.violations' as figure_id,
    coalesce(v.numerator, 0) as numerator,
    u.n_users,
    coalesce(v.n_applicable, 0) as n_applicable,
    coalesce(v.n_unknown, 0) as n_unknown
from practice p
cross join users u
left join verdicts v on v.practice_id = p.practice_id
