-- Title: Practices
-- Grain: one row per practice
-- Reads: nothing
-- Counts: the headers of sql/practices/; tier_kind: older (ages over a tier) or within (distances up to a tier); tier_denominator: all users, or those that existed before the tier
-- Why: a practice is one file
select
    practice_id,
    position,
    figure_prefix,
    title,
    finding,
    headline,
    case when tier_kind = '' then 'older' else tier_kind end as tier_kind,
    case when tier_denominator = '' then 'all' else tier_denominator end as tier_denominator,
    counts,
    applies,
    unknown,
    why,
    detect,
    prevent
from (values
{headers practices: Figure, Title, Finding, Headline, Tier kind, Tier denominator, Counts, Applies, Unknown, Why, Detect, Prevent}
) as practice (practice_id, position, figure_prefix, title, finding, headline, tier_kind, tier_denominator, counts, applies, unknown, why, detect, prevent)
