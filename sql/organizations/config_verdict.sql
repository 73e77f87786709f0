-- Title: Results of AWS Config for each user
-- Grain: one row per practice, organization, account and AWS user id
-- Reads: stg_document, config_compliance, config_rule, config_rule_practice, described_user
-- Counts: the newest result of each user; a rule that runs in several Regions counts once
-- Unknown: user_name is NULL where no file has the name for the user id
-- Why: IAM is global, and a rule on it is evaluated in every Region where it is deployed
with results as (
    select
        d.org_id,
        d.account_id,
        c.rule_name,
        c.resource_id,
        c.result,
        c.annotation,
        coalesce(c.recorded_at, d.captured_at) as recorded_at
    from config_compliance c
    join stg_document d on d.document_id = c.document_id
    where (c.resource_type is null or c.resource_type = 'AWS::IAM::User') and c.resource_id is not null and d.is_in_scope
),

rules as (
    select d.org_id, d.account_id, r.rule_name, max(r.identifier) as identifier
    from config_rule r
    join stg_document d on d.document_id = r.document_id
    group by d.org_id, d.account_id, r.rule_name
),

names as (
    select d.org_id, d.account_id, u.aws_user_id, max(u.user_name) as user_name
    from described_user u
    join stg_document d on d.document_id = u.document_id
    where u.aws_user_id is not null
    group by d.org_id, d.account_id, u.aws_user_id
),

ranked as (
    select
        w.practice_id,
        w.difference,
        r.org_id,
        r.account_id,
        r.resource_id,
        r.result,
        r.annotation,
        row_number() over (
            partition by w.practice_id, r.org_id, r.account_id, r.resource_id
            order by r.recorded_at desc, r.result desc
        ) as newness
    from results r
    left join rules k on k.org_id = r.org_id and k.account_id = r.account_id and k.rule_name = r.rule_name
    join config_rule_practice w on w.identifier = k.identifier
        or k.identifier is null and strpos(lower(r.rule_name), w.usual_name) > 0
)

select
    r.practice_id,
    r.difference,
    r.org_id,
    r.account_id,
    r.resource_id as aws_user_id,
    n.user_name,
    case r.result when 'NON_COMPLIANT' then true when 'COMPLIANT' then false when 'NOT_APPLICABLE' then false end as is_violation,
    r.result,
    r.annotation
from ranked r
left join names n on n.org_id = r.org_id and n.account_id = r.account_id and n.aws_user_id = r.resource_id
where r.newness = 1
