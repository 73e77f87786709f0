-- Title: The estate: what the accounts hold, by kind
-- Grain: one row per kind
-- Reads: document, entity, estate_kind, source_preference, stg_snapshot, user_count, scope
-- Counts: one source for each account and kind, the first of source_preference that knows the kind; things that several Regions or files list count once
-- Unknown: n_accounts says how many accounts tell of the kind at all
-- Why: the article's data scope; never counted twice
with documents as (
    select document_id, org_id, account_id, format
    from (
        select
            d.*,
            rank() over (
                partition by d.org_id, d.account_id, d.format, coalesce(d.region, '')
                order by d.captured_at desc
            ) as newness
        from document d
        cross join scope
        where d.account_id is not null
            and d.format <> 'config-items'  -- parts of a whole that nobody knows
            and (scope.as_of is null or d.captured_at <= scope.as_of)
    ) ranked
    where newness = 1
),

counted as (
    select
        d.org_id,
        d.account_id,
        e.kind,
        d.format,
        count(distinct e.entity_key) + coalesce(max(e.n) filter (where e.entity_key is null), 0) as n
    from entity e
    join documents d on d.document_id = e.document_id
    group by d.org_id, d.account_id, e.kind, d.format
    union all
    select s.org_id, s.account_id, 'user', 'credential-report', cast(coalesce(sum(u.n_users), 0) as bigint)
    from stg_snapshot s
    left join user_count u on u.snapshot_id = s.snapshot_id
    where s.is_current
    group by s.org_id, s.account_id
),

preferred as (
    select
        c.*,
        row_number() over (
            partition by c.org_id, c.account_id, c.kind
            order by coalesce(p.position, 100), c.format
        ) as place
    from counted c
    left join source_preference p on p.format = c.format
)

select
    k.kind,
    k.position,
    count(p.kind) as n_accounts,
    cast(coalesce(sum(p.n), 0) as bigint) as n_entities
from estate_kind k
left join preferred p on p.kind = k.kind and p.place = 1
group by k.kind, k.position
