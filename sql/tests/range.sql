-- Parts are not larger than the whole, and a word never stands beside its time.
select figure_id as of, denominator as n from figure_by_organization
where numerator > denominator or figure_id not like '%.older_than_%' and numerator + n_unknown > denominator
union all
select 'slot', slot from access_key where slot not in (1, 2)
union all
select 'word beside time', user_id from access_key
where last_rotated_at is not null and last_rotated_word is not null
    or last_used_at is not null and last_used_word is not null
