-- Title: Definitions of the figures
-- Grain: one row per figure that is a count of users
-- Reads: practice, setting
-- Counts: kind says what the numerator counts: violations, users over a tier (older), within a tier (within), or violations within a tier (rotating); denominator: all users, applicable users, users that existed before the tier, or violations; tier is the place of tier_s, the tier in seconds, among those of the practice, from 1
-- Unknown: nothing
-- Why: definitions, "The five practices" and "Age tiers"
with tiers as (
    select
        p.practice_id,
        p.figure_prefix,
        p.tier_kind,
        p.tier_denominator,
        s.setting_id,
        s.position,
        s.value,
        s.unit,
        s.value * case s.unit when 'd' then 86400 else 1 end as tier_s,
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
    cast(null as double) as tier_s,
    cast(null as bigint) as tier
from practice
union all
select figure_prefix || '.violations_of_applicable', practice_id, 1, 'violations', 'applicable', null, null, null, null
from practice
union all
select
    figure_prefix || case tier_kind when 'within' then '.within_' else '.older_than_' end || label,
    practice_id,
    10 + position,
    tier_kind,
    tier_denominator,
    value,
    unit,
    tier_s,
    tier
from tiers
where setting_id = practice_id || '.tiers'
union all
select figure_prefix || '.newer_than_' || label, practice_id, 100, 'rotating', 'violations', value, unit, tier_s, tier
from tiers
where setting_id = practice_id || '.rotating'
