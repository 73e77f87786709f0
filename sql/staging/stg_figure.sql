-- Title: The figures: which count each one is
-- Grain: one row per figure that is a count of users
-- Reads: practice, setting
-- Counts: tier is the place of the edge among those of the practice, from 1: an age over the edge is in this tier or a later one; kind says what the numerator holds: violations, users over an edge (older), within an edge (within), or violations within it (rotating)
-- Unknown: nothing
-- Why: definitions, "The five practices" and "Age tiers"; denominator: all users, applicable users, users that existed before the edge, violations
with edges as (
    select
        p.practice_id,
        p.figure_prefix,
        s.setting_id,
        s.position,
        s.value,
        s.unit,
        s.value * case s.unit when 'd' then 86400 else 1 end as edge_s,
        dense_rank() over (partition by p.practice_id order by s.value * case s.unit when 'd' then 86400 else 1 end) as tier,
        case when s.value = 1826 then '5y' else cast(cast(s.value as bigint) as varchar) || s.unit end as label
    from practice p
    join setting s on s.setting_id in (p.practice_id || '.tiers', p.practice_id || '.rotating')
)

select
    figure_prefix || '.violations' as figure_id,
    practice_id,
    0 as position,
    'violations' as kind,
    'all' as denominator,
    cast(null as double) as value,
    cast(null as varchar) as unit,
    cast(null as double) as edge_s,
    cast(null as bigint) as tier
from practice
union all
select figure_prefix || '.violations_of_applicable', practice_id, 1, 'violations', 'applicable', null, null, null, null
from practice
union all
select
    figure_prefix || case when practice_id = 'no_initial_key' then '.within_' else '.older_than_' end || label,
    practice_id,
    10 + position,
    case when practice_id = 'no_initial_key' then 'within' else 'older' end,
    case when practice_id = 'one_active_key' then 'existed' else 'all' end,
    value,
    unit,
    edge_s,
    tier
from edges
where setting_id = practice_id || '.tiers'
union all
select figure_prefix || '.newer_than_' || label, practice_id, 100, 'rotating', 'violations', value, unit, edge_s, tier
from edges
where setting_id = practice_id || '.rotating'
