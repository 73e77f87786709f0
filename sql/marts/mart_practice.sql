-- Title: Practices, with their texts
-- Grain: one row per practice
-- Reads: practice
-- Counts: position is the order in the report; {key_rotation.days} in a text is the value of the setting
-- Why: what the report says about a practice is in its file
select
    practice_id,
    position,
    title,
    finding,
    headline,
    counts,
    applies,
    unknown,
    why,
    detect,
    prevent
from practice
