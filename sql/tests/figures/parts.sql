-- Parts are not larger than the whole.
select figure_id as of, denominator as n from figure_by_organization
where numerator > denominator or figure_id not like '%.older_than_%' and numerator + n_unknown > denominator
