-- Title: Each figure in each cluster, before it is checked
-- Grain: one row per figure and cluster with units in the denominator; a cluster is an organization, or an account where the reader chose accounts
-- Reads: practice_count, user_count, existed_count, account_verdict, stg_figure, stg_snapshot
-- Counts: numerator and denominator in units: IAM users, or accounts; account_id is '' where the cluster is the whole organization
-- Unknown: n_unknown of the denominator could be in the numerator
-- Why: a cluster whose parts are larger than its whole is an issue, and is left out of the figure
with clusters as (
    select snapshot_id, org_id, account_id as of_account, cluster_account_id as account_id
    from stg_snapshot
    where is_current
),

users as (
    select s.org_id, s.account_id, sum(c.n_users) as n_users
    from user_count c
    join clusters s on s.snapshot_id = c.snapshot_id
    group by s.org_id, s.account_id
),

users_that_existed as (
    select c.figure_id, s.org_id, s.account_id, sum(c.n_users) as n_users, sum(c.n_unknown) as n_unknown
    from existed_count c
    join clusters s on s.snapshot_id = c.snapshot_id
    group by c.figure_id, s.org_id, s.account_id
),

counts as (
    select s.org_id, s.account_id, c.practice_id, c.is_violation, c.low_tier, c.high_tier, sum(c.n_users) as n_users
    from practice_count c
    join clusters s on s.snapshot_id = c.snapshot_id
    group by s.org_id, s.account_id, c.practice_id, c.is_violation, c.low_tier, c.high_tier
),

verdicts as (
    select
        f.figure_id,
        c.org_id,
        c.account_id,
        sum(c.n_users) as n_applicable,
        sum(c.n_users) filter (where c.is_violation) as n_violations,
        sum(c.n_users) filter (
            where case f.kind
                when 'violations' then c.is_violation
                when 'older' then c.low_tier >= f.tier
                when 'within' then c.high_tier < f.tier
                when 'rotating' then c.is_violation and c.high_tier < f.tier
            end
        ) as numerator,
        sum(c.n_users) filter (
            where case f.kind
                when 'violations' then c.is_violation is null
                when 'rotating' then c.is_violation and c.low_tier < f.tier and (c.high_tier is null or c.high_tier >= f.tier)
                else c.low_tier < f.tier and (c.high_tier is null or c.high_tier >= f.tier)
            end
        ) as n_unknown
    from counts c
    join stg_figure f on f.practice_id = c.practice_id
    group by f.figure_id, c.org_id, c.account_id
),

figures as (
    select
        f.figure_id,
        f.practice_id,
        u.org_id,
        u.account_id,
        coalesce(v.numerator, 0) as numerator,
        coalesce(case f.denominator
            when 'all' then u.n_users
            when 'applicable' then v.n_applicable
            when 'existed' then e.n_users
            when 'violations' then v.n_violations
        end, 0) as denominator,
        coalesce(v.n_unknown, 0) + coalesce(e.n_unknown, 0) as n_unknown
    from stg_figure f
    cross join users u
    left join verdicts v on v.figure_id = f.figure_id and v.org_id = u.org_id and v.account_id = u.account_id
    left join users_that_existed e on e.figure_id = f.figure_id and e.org_id = u.org_id and e.account_id = u.account_id
)

select
    figure_id,
    practice_id,
    org_id,
    account_id,
    cast(numerator as bigint) as numerator,
    cast(denominator as bigint) as denominator,
    cast(n_unknown as bigint) as n_unknown
from figures
where denominator > 0
union all
select
    v.figure_id,
    'account',
    c.org_id,
    c.account_id,
    count(*) filter (where v.verdict),
    count(*),
    count(*) filter (where v.verdict is null)
from account_verdict v
join clusters c on c.org_id = v.org_id and c.of_account = v.account_id
group by v.figure_id, c.org_id, c.account_id
