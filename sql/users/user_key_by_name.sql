-- Title: Keys that are found by the text of a user name
-- Grain: one row per IAM user whose name, as a pattern, matches other users with keys: their name is LIKE the user's name || '%'
-- Reads: stg_user, user_credential
-- Counts: the keys of these others; n_keys are certainly active, n_keys_at_most may be
-- Unknown: nothing
-- Why: Steampipe finds a user's keys in this way. Comparing all names of an account with each other is quadratic. But matching names are equal after the pattern's last underscore, and at the start if the wildcards come later, so that only these are compared. In a pattern with % no part is fixed
with names as (
    select
        snapshot_id,
        user_id,
        user_name,
        length(user_name) as n_letters,
        substring(user_name, 1, 3) as start,
        -- as a pattern: how a matching name starts, and between which letters it is fixed
        case when length(user_name) < 3 or strpos(user_name, '%') > 0 or strpos(substring(user_name, 1, 3), '_') > 0 then ''
            else substring(user_name, 1, 3) end as needs_start,
        case when strpos(user_name, '%') > 0 then 0 else length(user_name) end as to_letter,
        case
            when strpos(user_name, '%') > 0 or strpos(user_name, '_') = 0 then 0
            else length(user_name) - strpos(reverse(user_name), '_') + 1
        end as from_letter
    from stg_user
),

shapes as (
    select distinct snapshot_id, needs_start, from_letter, to_letter
    from names
),

candidates as (
    select n.user_id, n.user_name, n.n_letters, s.*
    from names n
    join shapes s on s.snapshot_id = n.snapshot_id and s.needs_start = n.start
    where s.needs_start <> ''
    union all
    select n.user_id, n.user_name, n.n_letters, s.*
    from names n
    join shapes s on s.snapshot_id = n.snapshot_id
    where s.needs_start = ''
),

ends as (
    select c.*, substring(user_name, from_letter + 1, to_letter - from_letter) as fixed
    from candidates c
    where to_letter < n_letters or to_letter = n_letters and (from_letter > 0 or to_letter = 0)
),

pairs as (
    select p.user_id, e.user_id as other_user_id
    from names p
    join ends e on e.snapshot_id = p.snapshot_id
        and e.needs_start = p.needs_start
        and e.from_letter = p.from_letter
        and e.to_letter = p.to_letter
        and e.fixed = substring(p.user_name, p.from_letter + 1, p.to_letter - p.from_letter)
    where e.user_id <> p.user_id and e.user_name like p.user_name || '%'
)

select p.user_id, sum(k.n_keys) as n_keys, sum(k.n_keys_at_most) as n_keys_at_most
from pairs p
join user_credential k on k.user_id = p.other_user_id
where k.has_key_1 or k.has_key_2
group by p.user_id
