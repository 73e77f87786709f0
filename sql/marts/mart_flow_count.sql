-- Title: Flows counted
-- Grain: one row per practice with a violation at the first or the last of the compared dates
-- Reads: mart_flow
-- Counts: users in each flow
-- Unknown: n_unknown_now and n_unknown_before
-- Why: a rate that stays may hide as many fixed as new violations
select
    practice_id,
    count(*) filter (where flow = 'still_open') as n_still_open,
    count(*) filter (where flow = 'fixed') as n_fixed,
    count(*) filter (where flow = 'gone') as n_gone,
    count(*) filter (where flow = 'unknown_now') as n_unknown_now,
    count(*) filter (where flow = 'new') as n_new,
    count(*) filter (where flow = 'new_user') as n_new_user,
    count(*) filter (where flow = 'unknown_before') as n_unknown_before
from mart_flow
group by practice_id
