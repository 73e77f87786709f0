-- A key has one of two slots, and a time or the reason why it is missing.
select 'slot' as of, slot as n from access_key where slot not in (1, 2)
union all
select 'time with a reason', user_id from access_key
where last_rotated_at is not null and last_rotated_missing is not null
    or last_used_at is not null and last_used_missing is not null
