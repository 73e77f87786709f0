-- Title: Two active keys that may be a rotation under way
-- Grain: one row
-- Reads: practice_user, setting
-- Counts: users with two active keys of which at least one is not older than one_active_key.rotating
-- Unknown: users whose keys' ages are not known
-- Why: definitions, "Age tiers": a rotation needs two keys for a short time
select
    'two_keys.newer_than_' || cast(cast(max(setting.value) as bigint) as varchar) || 'd' as figure_id,
    count(*) filter (where u.is_violation and u.age_high_s <= setting.value * 86400) as numerator,
    count(*) filter (where u.is_violation) as denominator,
    count(*) filter (
        where u.is_violation
        and u.age_low_s <= setting.value * 86400
        and (u.age_high_s is null or u.age_high_s > setting.value * 86400)
    ) as n_unknown
from setting
left join practice_user u on u.practice_id = 'one_active_key' and u.is_current
where setting.setting_id = 'one_active_key.rotating'
