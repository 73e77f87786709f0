-- Title: Keys that are found by the text of a user name
-- Grain: one row per IAM user whose name finds other users with keys: their name is LIKE the user's name || '%', or that is unknown
-- Reads: stg_user, user_credential
-- Counts: the keys of these others; n_keys are certainly active, n_keys_at_most may be
-- Unknown: a name with two underscores or more, and with more than 1000 names of its shape, is not compared with them: n_keys is 0, and n_keys_at_most all their keys
-- Why: Steampipe finds a user's keys in this way. But a name is data: one with % or of more than 64 letters, which AWS does not allow, is left out, and the time is linear in the number of names. A matching name is equal before and after an underscore. Two and more, which stand for any letter, leave letters between them to compare: with names that are equal in the first three letters and after the last underscore
with names as (
    select
        snapshot_id,
        user_id,
        user_name,
        length(user_name) as n_letters,
        substring(user_name, 1, 3) as start,
        strpos(user_name, '_') as first_wildcard,
        case when strpos(user_name, '_') > 0 then length(user_name) - strpos(reverse(user_name), '_') + 1 else 0 end as last_wildcard
    from stg_user
    where length(user_name) <= 64 and strpos(user_name, '%') = 0
),

-- a matching name is equal up to before_letter, and from from_letter to to_letter
patterns as (
    select
        snapshot_id,
        user_id,
        user_name,
        start,
        case when n_letters < 3 or first_wildcard between 1 and 3 then '' else start end as needs_start,
        case
            when first_wildcard = 0 then n_letters
            when first_wildcard = last_wildcard then first_wildcard - 1
            else least(3, first_wildcard - 1)
        end as before_letter,
        case when first_wildcard = 0 then n_letters else last_wildcard end as from_letter,
        n_letters as to_letter
    from names
),

shapes as (
    select distinct snapshot_id, needs_start, before_letter, from_letter, to_letter
    from patterns
),

candidates as (
    select n.user_id, n.user_name, n.to_letter as n_letters, s.*
    from patterns n
    join shapes s on s.snapshot_id = n.snapshot_id and s.needs_start = n.start
    where s.needs_start <> ''
    union all
    select n.user_id, n.user_name, n.to_letter, s.*
    from patterns n
    join shapes s on s.snapshot_id = n.snapshot_id
    where s.needs_start = ''
),

-- a name with one underscore is not found by itself
others as (
    select
        c.*,
        substring(user_name, 1, before_letter) as before,
        substring(user_name, from_letter + 1, to_letter - from_letter) as after
    from candidates c
    where to_letter < n_letters
        or to_letter = n_letters and before_letter < from_letter
            and (before_letter + 1 < from_letter or substring(user_name, from_letter, 1) <> '_')
),

found as (
    select o.*, k.n_keys, k.n_keys_at_most
    from others o
    join user_credential k on k.user_id = o.user_id
    where (k.has_key_1 or k.has_key_2)
        and (o.snapshot_id, o.before_letter, o.from_letter, o.to_letter, o.before, o.after) in (
            select snapshot_id, before_letter, from_letter, to_letter, substring(user_name, 1, before_letter), substring(user_name, from_letter + 1)
            from patterns
        )
),

groups as (
    select
        snapshot_id,
        before_letter,
        from_letter,
        to_letter,
        before,
        after,
        count(*) as n_names,
        sum(n_keys) as n_keys,
        sum(n_keys_at_most) as n_keys_at_most
    from found
    group by snapshot_id, before_letter, from_letter, to_letter, before, after
),

sized as (
    select
        p.*,
        g.before,
        g.after,
        case when p.from_letter <= p.before_letter + 1 then 'all' when g.n_names <= 1000 then 'some' else 'unknown' end as which,
        g.n_keys,
        g.n_keys_at_most
    from patterns p
    join groups g on g.snapshot_id = p.snapshot_id and g.before_letter = p.before_letter
        and g.from_letter = p.from_letter and g.to_letter = p.to_letter
        and g.before = substring(p.user_name, 1, p.before_letter) and g.after = substring(p.user_name, p.from_letter + 1)
)

select user_id, case which when 'all' then n_keys else 0 end as n_keys, n_keys_at_most
from sized
where which <> 'some'
union all
select s.user_id, sum(f.n_keys), sum(f.n_keys_at_most)
from sized s
join found f on f.snapshot_id = s.snapshot_id and f.before_letter = s.before_letter
    and f.from_letter = s.from_letter and f.to_letter = s.to_letter and f.before = s.before and f.after = s.after
where s.which = 'some' and f.from_letter > f.before_letter + 1 and f.user_id <> s.user_id and f.user_name like s.user_name || '%'
group by s.user_id
