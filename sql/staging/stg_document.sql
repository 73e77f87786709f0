-- Title: Documents, and which of them count
-- Grain: one row per document
-- Reads: document, scope
-- Counts: is_in_scope marks documents at or before the date of the census
-- Unknown: account_id is NULL for a document about an AWS Organization
-- Why: the date of the census is applied once
select
    d.document_id,
    d.org_id,
    d.account_id,
    d.captured_at,
    d.format,
    d.region,
    scope.as_of is null or d.captured_at <= scope.as_of as is_in_scope
from document d
cross join scope
