-- Title: Password policies
-- Grain: one row per account with a password policy in the snapshots
-- Reads: document, password_policy, scope
-- Counts: the newest policy of each account at or before the date of the census
-- Unknown: accounts without a row
-- Why: an account has one policy at a time
select
    org_id,
    account_id,
    is_set,
    minimum_length,
    require_symbols and require_numbers and require_uppercase and require_lowercase as is_complex,
    max_age_days,
    reuse_prevention
from (
    select
        d.org_id,
        d.account_id,
        p.*,
        row_number() over (partition by d.org_id, d.account_id order by d.captured_at desc, d.document_id desc) as newness
    from password_policy p
    join document d on d.document_id = p.document_id
    cross join scope
    where scope.as_of is null or d.captured_at <= scope.as_of
) ranked
where newness = 1
