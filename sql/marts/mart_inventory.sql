-- Title: Inventory: resources of the accounts, by kind
-- Grain: one row per kind
-- Reads: stg_entity, inventory_kind, source_preference, stg_snapshot, user_count
-- Counts: one format for each account and kind, the first of source_preference that counts the kind
-- Unknown: n_accounts is the number of accounts whose files count the kind at all; n_entities is NULL where no file does
-- Why: the article's data scope; no resource is counted twice
with counted as (
    select org_id, account_id, kind, format, n_entities
    from stg_entity
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
    cast(case when sum(p.n_entities) > 9007199254740991 then 9007199254740991 else sum(p.n_entities) end as bigint) as n_entities
from inventory_kind k
left join preferred p on p.kind = k.kind and p.place = 1
group by k.kind, k.position
