-- Title: MFA that service control policies enforce on the IAM users of an account
-- Grain: one row per organization and account with a snapshot
-- Reads: account, snapshot, stg_document, aws_organization, aws_policy, aws_listing, aws_member, aws_path, aws_statement, scope
-- Counts: full, console_only, partial, none, exempt (the management account), not_in_org; only full and console_only enforce
-- Unknown: unknown, where a node of the path, the content of an attached policy or the list of attached policies is missing, and no full Deny is known
-- Why: formats, "Decision procedure"; a Deny anywhere on the path applies, an Allow is needed at every level
with documents as (
    select document_id, org_id, account_id, captured_at
    from stg_document
    where is_in_scope
),

standalone as (
    select org_id, account_id
    from (
        select
            s.org_id,
            s.account_id,
            s.is_standalone,
            row_number() over (partition by s.org_id, s.account_id order by s.captured_at desc, s.snapshot_id desc) as newness
        from snapshot s
        cross join scope
        where scope.as_of is null or s.captured_at <= scope.as_of
    ) ranked
    where newness = 1 and is_standalone
    union
    select d.org_id, d.account_id
    from aws_organization o
    join documents d on d.document_id = o.document_id
    where not o.is_in_use and d.account_id is not null
),

managing as (
    select distinct d.org_id, o.management_account_id as account_id
    from aws_organization o
    join documents d on d.document_id = o.document_id
    where o.management_account_id is not null
),

-- a customer may have several AWS Organizations; a feature set counts if it is that of all
feature_sets as (
    select d.org_id, max(o.feature_set) as most, min(o.feature_set) as least
    from aws_organization o
    join documents d on d.document_id = o.document_id
    where o.feature_set is not null
    group by d.org_id
),

listed_nodes as (
    select distinct d.org_id, l.subject_id as node_id
    from aws_listing l
    join documents d on d.document_id = l.document_id
    where l.listing = 'policies_of_node'
),

-- all policies are listed, and for each of them all its targets
listed_whole as (
    select d.org_id
    from aws_listing l
    join documents d on d.document_id = l.document_id
    where l.listing = 'policies'
    group by d.org_id
),

unlisted_policies as (
    select distinct d.org_id
    from aws_policy p
    join documents d on d.document_id = p.document_id
    left join (
        select e.org_id, l.subject_id as policy_id
        from aws_listing l
        join documents e on e.document_id = l.document_id
        where l.listing = 'targets_of_policy'
    ) t on t.org_id = d.org_id and t.policy_id = p.policy_id
    where t.policy_id is null and (p.type is null or p.type = 'SERVICE_CONTROL_POLICY')
),

paths as (
    select
        w.org_id,
        w.account_id,
        count(*) filter (where w.kind = 'ROOT') > 0 as reaches_root,
        count(*) filter (where w.kind = 'ROOT' and not w.is_scp_enabled) > 0 as is_scp_disabled,
        count(*) = count(n.node_id) or max(a.org_id) is not null and max(u.org_id) is null as is_listed
    from aws_path w
    left join listed_nodes n on n.org_id = w.org_id and n.node_id = w.node_id
    left join listed_whole a on a.org_id = w.org_id
    left join unlisted_policies u on u.org_id = w.org_id
    group by w.org_id, w.account_id
),

statements as (
    select
        org_id,
        account_id,
        node_id,
        effect,
        is_open_without_mfa,
        is_content_known,
        case mfa_class when 'full' then 3 when 'console_only' then 2 when 'partial' then 1 else 0 end as strength
    from aws_statement
),

levels as (
    select
        org_id,
        account_id,
        node_id,
        max(strength) filter (where effect = 'Deny') as deny,
        coalesce(
            min(strength) filter (where effect = 'Allow' and is_open_without_mfa),
            max(strength) filter (where effect = 'Allow')
        ) as allow,
        count(*) filter (where not is_content_known) as n_not_known
    from statements
    group by org_id, account_id, node_id
),

strengths as (
    select
        org_id,
        account_id,
        coalesce(max(deny), 0) as deny,
        greatest(coalesce(max(deny), 0), coalesce(max(allow), 0)) as best,
        sum(n_not_known) as n_not_known
    from levels
    group by org_id, account_id
),

members as (
    select d.org_id, m.account_id
    from aws_member m
    join documents d on d.document_id = m.document_id
    union
    select org_id, account_id
    from aws_path
    union
    select org_id, account_id
    from snapshot
    where not is_standalone
),

verdicts as (
    select
        a.org_id,
        a.account_id,
        case
            when s.account_id is not null then 'not_in_org'
            when m.account_id is not null then 'exempt'
            when f.most = f.least and f.most <> 'ALL' or w.is_scp_disabled then 'none'
            when t.deny = 3 then 'full'
            when w.account_id is null or not w.reaches_root or not w.is_listed or t.n_not_known > 0 then 'unknown'
            when t.best = 3 then 'full'
            when t.best = 2 then 'console_only'
            when t.best = 1 then 'partial'
            else 'none'
        end as verdict,
        case when s.account_id is not null then true when b.account_id is not null then false end as is_standalone
    from account a
    left join standalone s on s.org_id = a.org_id and s.account_id = a.account_id
    left join members b on b.org_id = a.org_id and b.account_id = a.account_id
    left join managing m on m.org_id = a.org_id and m.account_id = a.account_id
    left join feature_sets f on f.org_id = a.org_id
    left join paths w on w.org_id = a.org_id and w.account_id = a.account_id
    left join strengths t on t.org_id = a.org_id and t.account_id = a.account_id
)

select
    org_id,
    account_id,
    is_standalone,
    verdict,
    case
        when verdict in ('full', 'console_only') then true
        when verdict <> 'unknown' then false
    end as is_mfa_enforced
from verdicts
