-- Title: MFA that service control policies enforce on the IAM users of an account
-- Grain: one row per organization and account with a snapshot
-- Reads: account, aws_account, aws_document, aws_organization, aws_node, aws_policy, aws_listing, aws_path, aws_attachment, aws_statement
-- Counts: full, console_only, partial, none, exempt (the management account), not_in_org; only full and console_only enforce; state_at is the time of the state of the AWS Organization
-- Unknown: unknown, where no state names the account, or a node of the path, the content of an attached policy or the list of attached policies is missing, and no full Deny is known
-- Why: formats, "Decision procedure"; a Deny anywhere on the path applies, an Allow is needed at every level
with documents as (
    select document_id, org_id, aws_org_id, aws_management_account_id, captured_at, state_at
    from aws_document
),

states as (
    select
        org_id,
        aws_org_id,
        max(state_at) as state_at,
        max(case when aws_management_account_id is not null then captured_at end) as managed_at
    from documents
    group by org_id, aws_org_id
),

managing as (
    select d.org_id, d.aws_org_id, max(d.aws_management_account_id) as account_id
    from documents d
    join states s on s.org_id = d.org_id and s.aws_org_id = d.aws_org_id and d.captured_at = s.managed_at
    group by d.org_id, d.aws_org_id
),

-- with consolidated billing alone, or with the policy type off, no policy applies; documents of the same time that differ prove nothing
switches as (
    select d.org_id, d.aws_org_id, 'features' as name, o.feature_set = 'ALL' as is_on, d.captured_at
    from aws_organization o
    join documents d on d.document_id = o.document_id
    where o.feature_set is not null
    union all
    select d.org_id, d.aws_org_id, 'policy type', n.is_scp_enabled, d.captured_at
    from aws_node n
    join documents d on d.document_id = n.document_id
    where n.kind = 'ROOT' and n.is_scp_enabled is not null
),

newest_switches as (
    select
        switches.*,
        max(captured_at) over (partition by org_id, aws_org_id, name) as newest_at
    from switches
),

switched_off as (
    select distinct org_id, aws_org_id
    from (
        select org_id, aws_org_id, name
        from newest_switches
        where captured_at = newest_at
        group by org_id, aws_org_id, name
        having count(*) filter (where is_on) = 0
    ) off
),

lists as (
    select d.org_id, d.aws_org_id, l.listing, coalesce(l.subject_id, '') as subject_id, max(d.captured_at) as listed_at
    from aws_listing l
    join documents d on d.document_id = l.document_id
    group by d.org_id, d.aws_org_id, l.listing, coalesce(l.subject_id, '')
),

-- all policies are listed, and for each of them that still exists all its targets
policies as (
    select d.org_id, d.aws_org_id, p.policy_id, max(d.captured_at) as named_at
    from aws_policy p
    join documents d on d.document_id = p.document_id
    where p.type is null or p.type = 'SERVICE_CONTROL_POLICY'
    group by d.org_id, d.aws_org_id, p.policy_id
),

listed_whole as (
    select w.org_id, w.aws_org_id
    from lists w
    left join policies p on p.org_id = w.org_id and p.aws_org_id = w.aws_org_id and p.named_at >= w.listed_at
    left join lists t on t.org_id = p.org_id and t.aws_org_id = p.aws_org_id and t.listing = 'targets_of_policy' and t.subject_id = p.policy_id
    where w.listing = 'policies'
    group by w.org_id, w.aws_org_id
    having count(p.policy_id) = count(t.subject_id)
),

-- strength of each policy, then of each node, then of each path: statements are not multiplied by accounts
contents as (
    select
        org_id,
        aws_org_id,
        policy_id,
        max(strength) filter (where effect = 'Deny') as deny,
        min(strength) filter (where effect = 'Allow' and is_open_without_mfa) as open_allow,
        max(strength) filter (where effect = 'Allow') as allow,
        count(*) filter (where not is_content_known) as n_not_known
    from (
        select
            s.*,
            case mfa_class when 'full' then 3 when 'console_only' then 2 when 'partial' then 1 else 0 end as strength
        from aws_statement s
    ) statements
    group by org_id, aws_org_id, policy_id
),

nodes as (
    select
        a.org_id,
        a.aws_org_id,
        a.node_id,
        max(c.deny) as deny,
        coalesce(min(c.open_allow), max(c.allow)) as allow,
        sum(c.n_not_known) as n_not_known
    from aws_attachment a
    join contents c on c.org_id = a.org_id and c.aws_org_id = a.aws_org_id and c.policy_id = a.policy_id
    group by a.org_id, a.aws_org_id, a.node_id
),

paths as (
    select
        v.org_id,
        v.aws_org_id,
        v.account_id,
        count(*) filter (where v.kind = 'ROOT') > 0 as reaches_root,
        count(*) = count(n.subject_id) as is_listed,
        coalesce(max(o.deny), 0) as deny,
        greatest(coalesce(max(o.deny), 0), coalesce(max(o.allow), 0)) as best,
        coalesce(sum(o.n_not_known), 0) as n_not_known
    from aws_path v
    left join nodes o on o.org_id = v.org_id and o.aws_org_id = v.aws_org_id and o.node_id = v.node_id
    left join lists n on n.org_id = v.org_id and n.aws_org_id = v.aws_org_id and n.listing = 'policies_of_node' and n.subject_id = v.node_id
    group by v.org_id, v.aws_org_id, v.account_id
),

verdicts as (
    select
        a.org_id,
        a.account_id,
        b.is_standalone,
        b.aws_org_id,
        s.state_at,
        case
            when b.is_standalone then 'not_in_org'
            when b.is_standalone is null or b.aws_org_id is null then 'unknown'
            when m.account_id is not null then 'exempt'
            when o.org_id is not null then 'none'
            when w.deny = 3 then 'full'
            when w.account_id is null or not w.reaches_root or not w.is_listed and l.org_id is null or w.n_not_known > 0 then 'unknown'
            when w.best = 3 then 'full'
            when w.best = 2 then 'console_only'
            when w.best = 1 then 'partial'
            else 'none'
        end as verdict
    from account a
    left join aws_account b on b.org_id = a.org_id and b.account_id = a.account_id
    left join states s on s.org_id = b.org_id and s.aws_org_id = b.aws_org_id
    left join managing m on m.org_id = b.org_id and m.aws_org_id = b.aws_org_id and m.account_id = b.account_id
    left join switched_off o on o.org_id = b.org_id and o.aws_org_id = b.aws_org_id
    left join listed_whole l on l.org_id = b.org_id and l.aws_org_id = b.aws_org_id
    left join paths w on w.org_id = b.org_id and w.aws_org_id = b.aws_org_id and w.account_id = b.account_id
)

select
    org_id,
    account_id,
    is_standalone,
    aws_org_id,
    state_at,
    verdict,
    case
        when verdict in ('full', 'console_only') then true
        when verdict <> 'unknown' then false
    end as is_mfa_enforced
from verdicts
