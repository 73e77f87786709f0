-- Parts are not larger than the whole, and a word never stands beside its time.
select practice_id as of, n_users as n from mart_practice
where numerator + n_unknown > n_applicable or n_applicable > n_users
union all
select figure_id, denominator from mart_tier where numerator > denominator
union all
select figure_id, denominator from mart_root where numerator + n_unknown > denominator
union all
select 'slot', slot from access_key where slot not in (1, 2)
union all
select 'word beside time', user_id from access_key
where last_rotated_at is not null and last_rotated_word is not null
    or last_used_at is not null and last_used_word is not null
