-- Title: Deciles of the organizations' rates
-- Grain: one row per figure and decile, 0 to 100
-- Reads: figure_decile
-- Counts: pct, the rate that this percentage of the organizations does not exceed, over n_organizations
-- Unknown: counts as no violation, as in the rates
-- Why: to place one organization among the others
select
    figure_id,
    decile,
    pct,
    n_organizations
from figure_decile
