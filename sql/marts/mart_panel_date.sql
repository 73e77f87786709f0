-- Title: The panel at each of the compared dates
-- Grain: one row per compared date
-- Reads: compared_date, stg_panel
-- Counts: accounts of the panel, and of them those with a newer snapshot than at the date before; the first and the last time of their snapshots
-- Why: a point of a trend is as recent as its snapshots
select
    d.position,
    d.label,
    count(p.snapshot_id) as n_accounts,
    count(*) filter (where p.is_newer) as n_newer,
    min(p.captured_at) as first_captured_at,
    max(p.captured_at) as last_captured_at
from compared_date d
left join stg_panel p on p.position = d.position and p.part = 'panel'
group by d.position, d.label
