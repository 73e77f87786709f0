-- Title: Thresholds and age tiers that were used
-- Grain: one row per value of a setting
-- Reads: setting
-- Counts: position is the place of the value in its list
-- Why: a number is read with its threshold
select
    setting_id,
    position,
    value,
    unit,
    meaning
from setting
