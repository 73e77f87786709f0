-- Parts are not larger than the whole.
select figure_id as of, denominator as n from figure_by_organization
where numerator > denominator or numerator + n_unknown > denominator
