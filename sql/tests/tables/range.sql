-- A key has one of two slots, and a word never stands beside its time.
select 'slot' as of, slot as n from access_key where slot not in (1, 2)
union all
select 'word beside time', user_id from access_key
where last_rotated_at is not null and last_rotated_word is not null
    or last_used_at is not null and last_used_word is not null
