-- Title: Issues between rows that are right by themselves
-- Grain: one row per contradiction between files, and per figure of an organization or account that is left out
-- Reads: stg_contradiction, figure_part
-- Counts: contradiction: files of one account and time say different things; inconsistent: the parts of a figure are larger than the whole
-- Unknown: file_id is NULL, and account_id is '', where the issue is about an organization
-- Why: what is wrong with the data of one account is an issue of that account, and the rest is reported
select file_id, org_id, account_id, kind, reason, remedy
from stg_contradiction
union all
select
    null,
    org_id,
    account_id,
    'inconsistent',
    'the parts of figure ' || figure_id || ' are larger than the whole; it is left out of the figure',
    'compare the files of the account with AWS, and please report this'
from figure_part
where numerator + n_unknown > denominator
