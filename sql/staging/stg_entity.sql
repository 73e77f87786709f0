-- Title: Resources that documents count
-- Grain: one row per account, format and kind
-- Reads: document, entity, scope
-- Counts: the newest document of each account, format and Region; a resource in several of them counts once
-- Unknown: kinds that no document counts have no row
-- Why: config-items is left out, as it lists a part of the resources
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
            and d.format <> 'config-items'
            and (scope.as_of is null or d.captured_at <= scope.as_of)
    ) ranked
    where newness = 1
)

select
    d.org_id,
    d.account_id,
    e.kind,
    d.format,
    count(distinct e.entity_key) + coalesce(max(e.n) filter (where e.entity_key is null), 0) as n_entities
from entity e
join documents d on d.document_id = e.document_id
group by d.org_id, d.account_id, e.kind, d.format
