-- Title: Thresholds and age tiers
-- Grain: one row per value of a setting
-- Reads: nothing
-- Counts: every Threshold and Tiers line in the headers of sql/; a reader's choices replace rows
-- Why: a reader may use other thresholds than the defaults
select
    setting_id,
    cast(position as integer) as position,
    cast(value as double) as value,
    unit,
    meaning
from (values
{settings}
) as setting (setting_id, position, value, unit, meaning)
