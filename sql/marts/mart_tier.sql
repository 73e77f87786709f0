-- Title: Age tiers of each practice
-- Grain: one row per practice and tier
-- Reads: practice, practice_user, stg_user, stg_snapshot, setting
-- Counts: users whose age lies over the tier's edge, strictly; for no_initial_key users whose distance lies within it
-- Unknown: users whose age may lie on either side
-- Why: definitions, "Age tiers"; the denominator is all users, for one_active_key those that existed before the tier's edge
with tiers as (
    select
        p.practice_id,
        p.figure_prefix,
        t.position,
        t.value,
        t.unit,
        t.value * case t.unit when 'd' then 86400 else 1 end as edge_s,
        p.practice_id = 'no_initial_key' as is_within
    from setting t
    join practice p on t.setting_id = p.practice_id || '.tiers'
),

numerators as (
    select
        t.practice_id,
        t.position,
        count(*) filter (where t.is_within and u.age_high_s <= t.edge_s or not t.is_within and u.age_low_s > t.edge_s) as numerator,
        count(*) filter (where u.age_low_s <= t.edge_s and (u.age_high_s is null or u.age_high_s > t.edge_s)) as n_unknown
    from tiers t
    join practice_user u on u.practice_id = t.practice_id
    where u.is_current
    group by t.practice_id, t.position
),

denominators as (
    select
        t.practice_id,
        t.position,
        count(*) filter (where t.practice_id <> 'one_active_key' or u.age_s > t.edge_s) as denominator
    from tiers t
    cross join stg_user u
    join stg_snapshot s on s.snapshot_id = u.snapshot_id
    where s.is_current
    group by t.practice_id, t.position
)

select
    t.practice_id,
    t.position,
    t.value,
    t.unit,
    t.is_within,
    t.figure_prefix || case
        when t.is_within then '.within_'
        else '.older_than_'
    end || case
        when t.value = 1826 then '5y'
        else cast(cast(t.value as bigint) as varchar) || t.unit
    end as figure_id,
    coalesce(n.numerator, 0) as numerator,
    d.denominator,
    coalesce(n.n_unknown, 0) as n_unknown
from tiers t
left join numerators n on n.practice_id = t.practice_id and n.position = t.position
join denominators d on d.practice_id = t.practice_id and d.position = t.position
