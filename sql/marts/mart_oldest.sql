-- Title: The oldest dates
-- Grain: one row per figure
-- Reads: stg_user, stg_access_key, stg_snapshot
-- Counts: the oldest rotation of an active key, the oldest activity of an enabled password and of an active key
-- Unknown: credentials with an unknown date are left out
-- Why: definitions, "Age tiers"
with keys as (
    select min(k.last_rotated_at) as rotated_at, min(k.activity_at) as activity_at
    from stg_access_key k
    join stg_snapshot s on s.snapshot_id = k.snapshot_id
    where s.is_current and k.is_active
),

passwords as (
    select min(u.password_activity_at) as activity_at
    from stg_user u
    join stg_snapshot s on s.snapshot_id = u.snapshot_id
    where s.is_current and u.has_password
)

select 'rotation.oldest_key' as figure_id, 'key_rotation' as practice_id, rotated_at as oldest_at from keys
union all
select 'unused.oldest_console', 'unused_user', activity_at from passwords
union all
select 'unused.oldest_key', 'unused_user', activity_at from keys
