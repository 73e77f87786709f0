-- Title: This census
-- Order: 1
-- Grain: one row per practice and IAM user
-- Reads: practice, practices/, user_credential
-- Counts: a user that violates the practice
-- Unknown: as in the practice: one known violation suffices; without one, any unknown makes the user unknown
-- Why: the rule set of the article, and the default: one unit, the user, for all practices. Ages are those at the time of the snapshot, exact to the second
-- Source: the article's five practices; sql/practices
-- Differs console_mfa: a service control policy that enforces MFA counts as MFA; in an AWS Organization whose policies are not in the data the user is unknown
-- Differs no_initial_key: an active key in slot 1 or 2 that was created within seconds of its user, before or after, used or not
-- Differs one_active_key: two active keys
-- Differs key_rotation: a user with an active key older than 90 d, one or two
-- Differs unused_user: all enabled credentials together: one that is in use makes the user used; never used counts from the last change or rotation
select
    'article' as ruleset_id,
    p.practice_id,
    p.practice_id as rule,
    'user' as unit,
    u.snapshot_id,
    u.user_id,
    1 as n_users,
    case when v.user_id is null then 0 else coalesce(cast(v.is_violation as tinyint), -1) end as of_user,
    cast(null as tinyint) as of_password,
    cast(null as tinyint) as of_key_1,
    cast(null as tinyint) as of_key_2
from practice p
cross join user_credential u
left join (
    {each practices}
    select practice_id, user_id, is_violation from {name}
    {end}
) v on v.practice_id = p.practice_id and v.user_id = u.user_id
