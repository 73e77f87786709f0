-- The report's figures and rule counts in one statement, written by hand for
-- speed: the views are measured against it. Only the verdicts on accounts
-- come from a view; everything else is read from the base tables, in one pass over
-- the users, and counted by organization. Times are in microseconds.
--
-- One row per figure: id, numerator, denominator, unknown, and the sums over
-- organizations; and one per rule: id, numerator, denominator, unknown, users.
with s as (
    select
        s.snapshot_id,
        dense_rank() over (order by s.org_id) as org,
        epoch_us(s.captured_at) as now,
        epoch_us(date_trunc('day', s.captured_at)) as midnight,
        m.is_mfa_enforced as e
    from (select *, row_number() over (partition by org_id, account_id order by captured_at desc, snapshot_id desc) as newness from snapshot) s
    join mfa_verdict m on m.org_id = s.org_id and m.account_id = s.account_id
    where s.newness = 1
),

-- a: active, n: never used, u: undated, t: created, l: last activity
k as (
    select
        user_id,
        slot,
        is_active as a,
        case when last_used_at is not null then false when last_used_missing <> '' then true end as n,
        last_rotated_missing <> '' as u,
        epoch_us(last_rotated_at) as t,
        epoch_us(case when last_used_at is not null then last_used_at when last_used_missing <> '' then last_rotated_at end) as l
    from access_key
),

names as (
    select
        i.snapshot_id,
        i.user_id,
        i.user_name as name,
        length(i.user_name) as n,
        left(i.user_name, 3) as start,
        case when length(i.user_name) < 3 or contains(i.user_name, '%') or contains(left(i.user_name, 3), '_') then ''
            else left(i.user_name, 3) end as needs,
        case when contains(i.user_name, '%') then 0 else length(i.user_name) end as b,
        case when contains(i.user_name, '%') or not contains(i.user_name, '_') then 0
            else length(i.user_name) - strpos(reverse(i.user_name), '_') + 1 end as a
    from iam_user i
),

-- users whose names as LIKE patterns match the names of others: an underscore matches any character
shapes as (
    select distinct snapshot_id, needs, a, b from names
),

others as (
    select p.user_id, o.user_id as other_id
    from names p
    join (
        select n.user_id, n.name, n.n, s.* from names n join shapes s on s.snapshot_id = n.snapshot_id and s.needs = n.start where s.needs <> ''
        union all
        select n.user_id, n.name, n.n, s.* from names n join shapes s on s.snapshot_id = n.snapshot_id where s.needs = ''
    ) o on o.snapshot_id = p.snapshot_id and o.needs = p.needs and o.a = p.a and o.b = p.b
        and substring(o.name, o.a + 1, o.b - o.a) = substring(p.name, p.a + 1, p.b - p.a)
    where (o.b < o.n or o.b = o.n and (o.a > 0 or o.b = 0)) and o.user_id <> p.user_id and o.name like p.name || '%'
),

named as (
    select o.user_id, count_if(k.is_active) as x, count_if(k.is_active is not false) as y
    from others o
    join access_key k on k.user_id = o.other_id
    group by o.user_id
    having count(*) > 0 and max(k.slot) > 0 -- always true: it makes the planner expect few rows
),

w as (
    select
        s.org, s.e, s.midnight - s.now as m,
        u.password_enabled as p,
        u.mfa_active as f,
        case when u.password_last_used_at is not null then false when u.password_last_used_missing <> '' then true end as n0,
        case when u.password_last_changed_at is not null then false when u.password_last_changed_missing <> '' then true end as u0,
        s.now - epoch_us(case
            when u.password_last_used_at is not null then u.password_last_used_at
            when u.password_last_used_missing <> '' then coalesce(u.password_last_changed_at, u.created_at)
        end) as l0,
        s.now - epoch_us(u.created_at) as c,
        k.slot is not null as h1, k.a as a1, k.n as n1, k.u as u1, s.now - k.t as t1, s.now - k.l as l1, k.t - epoch_us(u.created_at) as g1,
        j.slot is not null as h2, j.a as a2, j.n as n2, j.u as u2, s.now - j.t as t2, s.now - j.l as l2, j.t - epoch_us(u.created_at) as g2,
        coalesce(k.a, false)::int + coalesce(j.a, false)::int as x,
        (k.slot is not null and k.a is not false)::int + (j.slot is not null and j.a is not false)::int as y,
        case when i.user_id is null then true when i.path is not null then false end as r, o.x as ox, o.y as oy
    from iam_user u
    join s on s.snapshot_id = u.snapshot_id
    left join k on k.user_id = u.user_id and k.slot = 1
    left join k j on j.user_id = u.user_id and j.slot = 2
    left join named o on o.user_id = u.user_id
    left join user_arn i on i.user_id = u.user_id
),

-- bounds of the ages: t oldest, y younger key, g gap, l time without use
b as (
    select
        *,
        p is not false as mp, h1 and a1 is not false as m1, h2 and a2 is not false as m2,
        greatest(case when a1 then t1 end, case when a2 then t2 end, 0) as t_low,
        case when h1 and a1 is not false and t1 is null or h2 and a2 is not false and t2 is null then null
            else greatest(case when h1 and a1 is not false then t1 end, case when h2 and a2 is not false then t2 end, 0) end as t_high,
        case when t1 is null or t2 is null then 0 else least(t1, t2) end as y_low,
        least(t1, t2) as y_high,
        case when h1 and a1 is not false and g1 is null or h2 and a2 is not false and g2 is null then 0
            else least(case when h1 and a1 is not false then abs(g1) end, case when h2 and a2 is not false then abs(g2) end) end as g_low,
        least(case when a1 then abs(g1) end, case when a2 then abs(g2) end) as g_high,
        x + (p is true)::int as cx, y + (p is not false)::int as cy,
        least(case when p is not false then coalesce(l0, 0) end, case when h1 and a1 is not false then coalesce(l1, 0) end,
            case when h2 and a2 is not false then coalesce(l2, 0) end) as l_low,
        least(case when p then l0 end, case when a1 then l1 end, case when a2 then l2 end) as l_high
    from w
),

v as (
    select
        *,
        p and not f and not e as v_mfa,
        case when y > 0 then case when g_high <= 10000000 then true when g_low > 10000000 then false end end as v_gap,
        case when y > 0 then case when x = 2 then true when y < 2 then false end end as v_two,
        case when y > 0 then case when t_low > 90 * 86400000000 then true when t_high <= 90 * 86400000000 then false end end as v_old,
        case when cy > 0 then case when cx > 0 and l_low > 90 * 86400000000 then true when l_high <= 90 * 86400000000 then false end end as v_rest
    from b
),

o as materialized (
    select
        org,
        count(*) as n,
        count_if((p or p is null and v_mfa is null)) as mfa_a,
        count_if(v_mfa and (p or p is null and v_mfa is null)) as mfa_v,
        count_if(v_mfa is null and (p or p is null and v_mfa is null)) as mfa_q,
        count_if((x > 0 or y > 0 and v_gap is null)) as gap_a,
        count_if(v_gap and (x > 0 or y > 0 and v_gap is null)) as gap_v,
        count_if(v_gap is null and (x > 0 or y > 0 and v_gap is null)) as gap_q,
        count_if((x > 0 or y > 0 and v_two is null)) as two_a,
        count_if(v_two and (x > 0 or y > 0 and v_two is null)) as two_v,
        count_if(v_two is null and (x > 0 or y > 0 and v_two is null)) as two_q,
        count_if((x > 0 or y > 0 and v_old is null)) as old_a,
        count_if(v_old and (x > 0 or y > 0 and v_old is null)) as old_v,
        count_if(v_old is null and (x > 0 or y > 0 and v_old is null)) as old_q,
        count_if((cx > 0 or cy > 0 and v_rest is null)) as rest_a,
        count_if(v_rest and (cx > 0 or cy > 0 and v_rest is null)) as rest_v,
        count_if(v_rest is null and (cx > 0 or cy > 0 and v_rest is null)) as rest_q,
        count_if(g_high <= 0 and (x > 0 or y > 0 and v_gap is null)) as gap_0,
        count_if(g_low <= 0 and (g_high is null or g_high > 0) and (x > 0 or y > 0 and v_gap is null)) as gap_q0,
        count_if(g_high <= 1000000 and (x > 0 or y > 0 and v_gap is null)) as gap_1,
        count_if(g_low <= 1000000 and (g_high is null or g_high > 1000000) and (x > 0 or y > 0 and v_gap is null)) as gap_q1,
        count_if(g_high <= 10000000 and (x > 0 or y > 0 and v_gap is null)) as gap_10,
        count_if(g_low <= 10000000 and (g_high is null or g_high > 10000000) and (x > 0 or y > 0 and v_gap is null)) as gap_q10,
        count_if(g_high <= 60000000 and (x > 0 or y > 0 and v_gap is null)) as gap_60,
        count_if(g_low <= 60000000 and (g_high is null or g_high > 60000000) and (x > 0 or y > 0 and v_gap is null)) as gap_q60,
        count_if(v_two and y_low > 30 * 86400000000) as two_30,
        count_if(case when v_two then y_low else 0 end <= 30 * 86400000000 and (case when v_two is not false then y_high else 0 end is null or case when v_two is not false then y_high else 0 end > 30 * 86400000000) and (x > 0 or y > 0 and v_two is null)) as two_q30,
        count_if(c > 30 * 86400000000) as ex_30,
        count_if(v_two and y_low > 90 * 86400000000) as two_90,
        count_if(case when v_two then y_low else 0 end <= 90 * 86400000000 and (case when v_two is not false then y_high else 0 end is null or case when v_two is not false then y_high else 0 end > 90 * 86400000000) and (x > 0 or y > 0 and v_two is null)) as two_q90,
        count_if(c > 90 * 86400000000) as ex_90,
        count_if(v_two and y_low > 365 * 86400000000) as two_365,
        count_if(case when v_two then y_low else 0 end <= 365 * 86400000000 and (case when v_two is not false then y_high else 0 end is null or case when v_two is not false then y_high else 0 end > 365 * 86400000000) and (x > 0 or y > 0 and v_two is null)) as two_q365,
        count_if(c > 365 * 86400000000) as ex_365,
        count_if(v_two and y_high <= 30 * 86400000000) as two_new,
        count_if(v_two and y_low <= 30 * 86400000000 and (y_high is null or y_high > 30 * 86400000000)) as two_newq,
        count_if(t_low > 90 * 86400000000 and (x > 0 or y > 0 and v_old is null)) as old_90,
        count_if(t_low <= 90 * 86400000000 and (t_high is null or t_high > 90 * 86400000000) and (x > 0 or y > 0 and v_old is null)) as old_q90,
        count_if(t_low > 365 * 86400000000 and (x > 0 or y > 0 and v_old is null)) as old_365,
        count_if(t_low <= 365 * 86400000000 and (t_high is null or t_high > 365 * 86400000000) and (x > 0 or y > 0 and v_old is null)) as old_q365,
        count_if(t_low > 1826 * 86400000000 and (x > 0 or y > 0 and v_old is null)) as old_1826,
        count_if(t_low <= 1826 * 86400000000 and (t_high is null or t_high > 1826 * 86400000000) and (x > 0 or y > 0 and v_old is null)) as old_q1826,
        count_if(cx > 0 and l_low > 90 * 86400000000) as rest_90,
        count_if((case when cx > 0 then l_low else 0 end) <= 90 * 86400000000 and (l_high is null or l_high > 90 * 86400000000) and (cx > 0 or cy > 0 and v_rest is null)) as rest_q90,
        count_if(cx > 0 and l_low > 365 * 86400000000) as rest_365,
        count_if((case when cx > 0 then l_low else 0 end) <= 365 * 86400000000 and (l_high is null or l_high > 365 * 86400000000) and (cx > 0 or cy > 0 and v_rest is null)) as rest_q365,
        count_if(mp) as r0_d0,
        count_if(p and not f) as r0_v0,
        count_if((p and not f) is null and mp) as r0_q0,
        count_if(mp and h1) as r1_d0,
        count_if(p and g1 = 0) as r1_v0,
        count_if((p and g1 = 0) is null and mp and h1) as r1_q0,
        count_if(mp and h2) as r1_d1,
        count_if(p and g2 = 0) as r1_v1,
        count_if((p and g2 = 0) is null and mp and h2) as r1_q1,
        count_if(p and g1 = 0 or p and g2 = 0) as r1_u,
        count_if(mp and m1) as r2_d0,
        count_if(p and a1 and n1) as r2_v0,
        count_if((p and a1 and n1) is null and mp and m1) as r2_q0,
        count_if(mp and m2) as r2_d1,
        count_if(p and a2 and n2) as r2_v1,
        count_if((p and a2 and n2) is null and mp and m2) as r2_q1,
        count_if(p and a1 and n1 or p and a2 and n2) as r2_u,
        count_if(case when x > 1 then true when y < 2 then false end) as r3_v0,
        count_if((case when x > 1 then true when y < 2 then false end) is null) as r3_q0,
        count_if(m1) as r4_d0,
        count_if(a1 and t1 > 90 * 86400000000) as r4_v0,
        count_if((a1 and t1 > 90 * 86400000000) is null and m1) as r4_q0,
        count_if(m2) as r4_d1,
        count_if(a2 and t2 > 90 * 86400000000) as r4_v1,
        count_if((a2 and t2 > 90 * 86400000000) is null and m2) as r4_q1,
        count_if(a1 and t1 > 90 * 86400000000 or a2 and t2 > 90 * 86400000000) as r4_u,
        count_if(mp) as r5_d0,
        count_if(p and l0 >= 45 * 86400000000) as r5_v0,
        count_if((p and l0 >= 45 * 86400000000) is null and mp) as r5_q0,
        count_if(m1) as r5_d1,
        count_if(a1 and l1 >= 45 * 86400000000) as r5_v1,
        count_if((a1 and l1 >= 45 * 86400000000) is null and m1) as r5_q1,
        count_if(m2) as r5_d2,
        count_if(a2 and l2 >= 45 * 86400000000) as r5_v2,
        count_if((a2 and l2 >= 45 * 86400000000) is null and m2) as r5_q2,
        count_if(p and l0 >= 45 * 86400000000 or a1 and l1 >= 45 * 86400000000 or a2 and l2 >= 45 * 86400000000) as r5_u,
        count_if(mp) as r6_d0,
        count_if(p and l0 >= 90 * 86400000000) as r6_v0,
        count_if((p and l0 >= 90 * 86400000000) is null and mp) as r6_q0,
        count_if(m1) as r6_d1,
        count_if(a1 and l1 >= 90 * 86400000000) as r6_v1,
        count_if((a1 and l1 >= 90 * 86400000000) is null and m1) as r6_q1,
        count_if(m2) as r6_d2,
        count_if(a2 and l2 >= 90 * 86400000000) as r6_v2,
        count_if((a2 and l2 >= 90 * 86400000000) is null and m2) as r6_q2,
        count_if(p and l0 >= 90 * 86400000000 or a1 and l1 >= 90 * 86400000000 or a2 and l2 >= 90 * 86400000000) as r6_u,
        count_if(mp) as r7_d0,
        count_if(p and not f) as r7_v0,
        count_if((p and not f) is null and mp) as r7_q0,
        count_if((m1 or m2)) as r8_d0,
        count_if(h1 and a1 and t1 > 90 * 86400000000 or h2 and a2 and t2 > 90 * 86400000000) as r8_v0,
        count_if((h1 and a1 and t1 > 90 * 86400000000 or h2 and a2 and t2 > 90 * 86400000000) is null and (m1 or m2)) as r8_q0,
        count_if((mp or m1 or m2)) as r9_d0,
        count_if(p and case when not n0 then l0 > 90 * 86400000000 end or h1 and a1 and case when not n1 then l1 > 90 * 86400000000 end or h2 and a2 and case when not n2 then l2 > 90 * 86400000000 end) as r9_v0,
        count_if((p and case when not n0 then l0 > 90 * 86400000000 end or h1 and a1 and case when not n1 then l1 > 90 * 86400000000 end or h2 and a2 and case when not n2 then l2 > 90 * 86400000000 end) is null and (mp or m1 or m2)) as r9_q0,
        count_if(p and not f) as r10_v0,
        count_if((p and not f) is null) as r10_q0,
        count_if(h1 and a1 and n1 or h2 and a2 and n2) as r11_v0,
        count_if((h1 and a1 and n1 or h2 and a2 and n2) is null) as r11_q0,
        count_if(case when x > 1 then true when y < 2 then false end) as r12_v0,
        count_if((case when x > 1 then true when y < 2 then false end) is null) as r12_q0,
        count_if(h1) as r13_d0,
        count_if(a1 and t1 >= 91 * 86400000000) as r13_v0,
        count_if((a1 and t1 >= 91 * 86400000000) is null and h1) as r13_q0,
        count_if(h2) as r13_d1,
        count_if(a2 and t2 >= 91 * 86400000000) as r13_v1,
        count_if((a2 and t2 >= 91 * 86400000000) is null and h2) as r13_q1,
        count_if(a1 and t1 >= 91 * 86400000000 or a2 and t2 >= 91 * 86400000000) as r13_u,
        count_if(h1) as r14_d0,
        count_if(not a1 and t1 >= 91 * 86400000000) as r14_v0,
        count_if((not a1 and t1 >= 91 * 86400000000) is null and h1) as r14_q0,
        count_if(h2) as r14_d1,
        count_if(not a2 and t2 >= 91 * 86400000000) as r14_v1,
        count_if((not a2 and t2 >= 91 * 86400000000) is null and h2) as r14_q1,
        count_if(not a1 and t1 >= 91 * 86400000000 or not a2 and t2 >= 91 * 86400000000) as r14_u,
        count_if(p and not n0 and l0 >= 91 * 86400000000 or h1 and a1 and not n1 and l1 >= 91 * 86400000000 or h2 and a2 and not n2 and l2 >= 91 * 86400000000) as r15_v0,
        count_if((p and not n0 and l0 >= 91 * 86400000000 or h1 and a1 and not n1 and l1 >= 91 * 86400000000 or h2 and a2 and not n2 and l2 >= 91 * 86400000000) is null) as r15_q0,
        count_if(p and not f) as r16_v0,
        count_if((p and not f) is null) as r16_q0,
        count_if(p and h1 and u1 is not true and g1 < 10000000) as r17_v0,
        count_if((p and h1 and u1 is not true and g1 < 10000000) is null) as r17_q0,
        count_if((case when r is true and (h1 or h2 or ox is not null) then y + coalesce(oy, 0) > 0 else true end)) as r18_d0,
        count_if((case when r is true and (h1 or h2 or ox is not null) then y + coalesce(oy, 0) > 0 else true end) and (case when r is null then null when not r then false when x + coalesce(ox, 0) > 1 then true when y + coalesce(oy, 0) < 2 then false end)) as r18_v0,
        count_if((case when r is null then null when not r then false when x + coalesce(ox, 0) > 1 then true when y + coalesce(oy, 0) < 2 then false end) is null and (case when r is true and (h1 or h2 or ox is not null) then y + coalesce(oy, 0) > 0 else true end)) as r18_q0,
        count_if(m1) as r19_d0,
        count_if(a1 and t1 + m >= 90 * 86400000000) as r19_v0,
        count_if((a1 and t1 + m >= 90 * 86400000000) is null and m1) as r19_q0,
        count_if(m2) as r19_d1,
        count_if(a2 and t2 + m >= 90 * 86400000000) as r19_v1,
        count_if((a2 and t2 + m >= 90 * 86400000000) is null and m2) as r19_q1,
        count_if(a1 and t1 + m >= 90 * 86400000000 or a2 and t2 + m >= 90 * 86400000000) as r19_u,
        count_if(p and case when n0 and u0 then false when not n0 or not u0 then l0 + m > 90 * 86400000000 end or h1 and a1 and case when n1 and u1 then false else l1 + m > 90 * 86400000000 end or h2 and a2 and case when n2 and u2 then false else l2 + m > 90 * 86400000000 end) as r20_v0,
        count_if((p and case when n0 and u0 then false when not n0 or not u0 then l0 + m > 90 * 86400000000 end or h1 and a1 and case when n1 and u1 then false else l1 + m > 90 * 86400000000 end or h2 and a2 and case when n2 and u2 then false else l2 + m > 90 * 86400000000 end) is null) as r20_q0,
        count_if(p and case when n0 and u0 then false when not n0 or not u0 then l0 + m > 45 * 86400000000 end or h1 and a1 and case when n1 and u1 then false else l1 + m > 45 * 86400000000 end or h2 and a2 and case when n2 and u2 then false else l2 + m > 45 * 86400000000 end) as r21_v0,
        count_if((p and case when n0 and u0 then false when not n0 or not u0 then l0 + m > 45 * 86400000000 end or h1 and a1 and case when n1 and u1 then false else l1 + m > 45 * 86400000000 end or h2 and a2 and case when n2 and u2 then false else l2 + m > 45 * 86400000000 end) is null) as r21_q0,
        count_if(p and not f) as r22_v0,
        count_if((p and not f) is null) as r22_q0,
        count_if(case when x > 1 then true when y < 2 then false end) as r23_v0,
        count_if((case when x > 1 then true when y < 2 then false end) is null) as r23_q0,
        count_if(p and not n0 and l0 >= 46 * 86400000000) as r24_v0,
        count_if((p and not n0 and l0 >= 46 * 86400000000) is null) as r24_q0,
        count_if(h1 and a1 and n1 and p) as r25_v0,
        count_if(h2 and a2 and n2 and p) as r25_v1,
        count_if(h1 and a1 and n1 and p or h2 and a2 and n2 and p) as r25_u,
        count_if((h1 and a1 and n1 and p or h2 and a2 and n2 and p) is null) as r25_q,
        count_if(h1 and a1 and t1 >= 91 * 86400000000) as r26_v0,
        count_if(h2 and a2 and t2 >= 91 * 86400000000) as r26_v1,
        count_if(h1 and a1 and t1 >= 91 * 86400000000 or h2 and a2 and t2 >= 91 * 86400000000) as r26_u,
        count_if((h1 and a1 and t1 >= 91 * 86400000000 or h2 and a2 and t2 >= 91 * 86400000000) is null) as r26_q,
        count_if(h1 and a1 and not n1 and l1 >= 46 * 86400000000) as r27_v0,
        count_if(h2 and a2 and not n2 and l2 >= 46 * 86400000000) as r27_v1,
        count_if(h1 and a1 and not n1 and l1 >= 46 * 86400000000 or h2 and a2 and not n2 and l2 >= 46 * 86400000000) as r27_u,
        count_if((h1 and a1 and not n1 and l1 >= 46 * 86400000000 or h2 and a2 and not n2 and l2 >= 46 * 86400000000) is null) as r27_q
    from v
    group by org
),

f as (
    select unnest([
        {id: 'mfa.violations', y: mfa_v, n: n, q: mfa_q},
        {id: 'mfa.violations_of_applicable', y: mfa_v, n: mfa_a, q: mfa_q},
        {id: 'initial_key.violations', y: gap_v, n: n, q: gap_q},
        {id: 'initial_key.violations_of_applicable', y: gap_v, n: gap_a, q: gap_q},
        {id: 'two_keys.violations', y: two_v, n: n, q: two_q},
        {id: 'two_keys.violations_of_applicable', y: two_v, n: two_a, q: two_q},
        {id: 'rotation.violations', y: old_v, n: n, q: old_q},
        {id: 'rotation.violations_of_applicable', y: old_v, n: old_a, q: old_q},
        {id: 'unused.violations', y: rest_v, n: n, q: rest_q},
        {id: 'unused.violations_of_applicable', y: rest_v, n: rest_a, q: rest_q},
        {id: 'initial_key.within_0s', y: gap_0, n: n, q: gap_q0},
        {id: 'initial_key.within_1s', y: gap_1, n: n, q: gap_q1},
        {id: 'initial_key.within_10s', y: gap_10, n: n, q: gap_q10},
        {id: 'initial_key.within_60s', y: gap_60, n: n, q: gap_q60},
        {id: 'two_keys.older_than_30d', y: two_30, n: ex_30, q: two_q30},
        {id: 'two_keys.older_than_90d', y: two_90, n: ex_90, q: two_q90},
        {id: 'two_keys.older_than_365d', y: two_365, n: ex_365, q: two_q365},
        {id: 'two_keys.newer_than_30d', y: two_new, n: two_v, q: two_newq},
        {id: 'rotation.older_than_90d', y: old_90, n: n, q: old_q90},
        {id: 'rotation.older_than_365d', y: old_365, n: n, q: old_q365},
        {id: 'rotation.older_than_5y', y: old_1826, n: n, q: old_q1826},
        {id: 'unused.older_than_90d', y: rest_90, n: n, q: rest_q90},
        {id: 'unused.older_than_365d', y: rest_365, n: n, q: rest_q365}
    ], recursive := true)
    from o
),

r as (
    select unnest([
        {id: 'cis v4.0.0 1.10', y: r0_v0, n: r0_d0, q: r0_q0, u: r0_v0},
        {id: 'cis v4.0.0 1.11 console', y: r1_v0 + r1_v1, n: r1_d0 + r1_d1, q: r1_q0 + r1_q1, u: r1_u},
        {id: 'cis v4.0.0 1.11 command line', y: r2_v0 + r2_v1, n: r2_d0 + r2_d1, q: r2_q0 + r2_q1, u: r2_u},
        {id: 'cis v4.0.0 1.13', y: r3_v0, n: n, q: r3_q0, u: r3_v0},
        {id: 'cis v4.0.0 1.14', y: r4_v0 + r4_v1, n: r4_d0 + r4_d1, q: r4_q0 + r4_q1, u: r4_u},
        {id: 'cis v4.0.0 1.12', y: r5_v0 + r5_v1 + r5_v2, n: r5_d0 + r5_d1 + r5_d2, q: r5_q0 + r5_q1 + r5_q2, u: r5_u},
        {id: 'cis v1.3.0 1.12', y: r6_v0 + r6_v1 + r6_v2, n: r6_d0 + r6_d1 + r6_d2, q: r6_q0 + r6_q1 + r6_q2, u: r6_u},
        {id: 'aws_config mfa-enabled-for-iam-console-access', y: r7_v0, n: r7_d0, q: r7_q0, u: r7_v0},
        {id: 'aws_config access-keys-rotated', y: r8_v0, n: r8_d0, q: r8_q0, u: r8_v0},
        {id: 'aws_config iam-user-unused-credentials-check', y: r9_v0, n: r9_d0, q: r9_q0, u: r9_v0},
        {id: 'scoutsuite iam-user-without-mfa', y: r10_v0, n: n, q: r10_q0, u: r10_v0},
        {id: 'scoutsuite iam-user-unused-access-key-initial-setup', y: r11_v0, n: n, q: r11_q0, u: r11_v0},
        {id: 'scoutsuite iam-user-with-multiple-access-keys', y: r12_v0, n: n, q: r12_q0, u: r12_v0},
        {id: 'scoutsuite iam-user-no-Active-key-rotation', y: r13_v0 + r13_v1, n: r13_d0 + r13_d1, q: r13_q0 + r13_q1, u: r13_u},
        {id: 'scoutsuite iam-user-no-Inactive-key-rotation', y: r14_v0 + r14_v1, n: r14_d0 + r14_d1, q: r14_q0 + r14_q1, u: r14_u},
        {id: 'scoutsuite iam-unused-credentials-not-disabled', y: r15_v0, n: n, q: r15_q0, u: r15_v0},
        {id: 'steampipe iam_user_console_access_mfa_enabled', y: r16_v0, n: n, q: r16_q0, u: r16_v0},
        {id: 'steampipe iam_user_access_keys_and_password_at_setup', y: r17_v0, n: n, q: r17_q0, u: r17_v0},
        {id: 'steampipe iam_user_one_active_key', y: r18_v0, n: r18_d0, q: r18_q0, u: r18_v0},
        {id: 'steampipe iam_user_access_key_age_90', y: r19_v0 + r19_v1, n: r19_d0 + r19_d1, q: r19_q0 + r19_q1, u: r19_u},
        {id: 'steampipe iam_user_unused_credentials_90', y: r20_v0, n: n, q: r20_q0, u: r20_v0},
        {id: 'steampipe iam_user_unused_credentials_45', y: r21_v0, n: n, q: r21_q0, u: r21_v0},
        {id: 'prowler iam_user_mfa_enabled_console_access', y: r22_v0, n: n, q: r22_q0, u: r22_v0},
        {id: 'prowler iam_user_two_active_access_key', y: r23_v0, n: n, q: r23_q0, u: r23_v0},
        {id: 'prowler iam_user_console_access_unused', y: r24_v0, n: n, q: r24_q0, u: r24_v0},
        {id: 'prowler iam_user_no_setup_initial_access_key', y: r25_v0 + r25_v1, n: n - r25_u + r25_v0 + r25_v1, q: r25_q, u: r25_u},
        {id: 'prowler iam_rotate_access_key_90_days', y: r26_v0 + r26_v1, n: n - r26_u + r26_v0 + r26_v1, q: r26_q, u: r26_u},
        {id: 'prowler iam_user_accesskey_unused', y: r27_v0 + r27_v1, n: n - r27_u + r27_v0 + r27_v1, q: r27_q, u: r27_u}
    ], recursive := true)
    from o
),

z as (
    select
        case when password_enabled_missing = 'not_supported' then false else password_enabled end as pp,
        coalesce(password_enabled, case when password_enabled_missing = 'not_supported' then true end) as p,
        mfa_active as f,
        case when password_last_used_at is not null then false when password_last_used_missing <> '' then true end as n0,
        s.now - epoch_us(password_last_used_at) as l0,
        access_key_1_active as a1,
        case when access_key_1_last_used_at is not null then false when access_key_1_last_used_missing <> '' then true end as n1,
        s.now - epoch_us(access_key_1_last_rotated_at) as t1,
        s.now - epoch_us(access_key_1_last_used_at) as l1,
        access_key_2_active as a2,
        case when access_key_2_last_used_at is not null then false when access_key_2_last_used_missing <> '' then true end as n2,
        s.now - epoch_us(access_key_2_last_rotated_at) as t2,
        s.now - epoch_us(access_key_2_last_used_at) as l2,
        epoch_us(access_key_1_last_rotated_at) - epoch_us(created_at) as g1,
        (access_key_1_active is true)::int + (access_key_2_active is true)::int as x,
        (access_key_1_active is not false)::int + (access_key_2_active is not false)::int as y
    from root_account
    join s using (snapshot_id)
),

q as (
    select unnest([
        {id: 'prowler iam_user_no_setup_initial_access_key', y: count_if(a1 and n1 and pp) + count_if(a2 and n2 and pp), n: count(*) - count_if(a1 and n1 and pp or a2 and n2 and pp) + count_if(a1 and n1 and pp) + count_if(a2 and n2 and pp), q: count_if((a1 and n1 and pp or a2 and n2 and pp) is null), u: 0},
        {id: 'prowler iam_user_two_active_access_key', y: count_if(case when x > 1 then true when y < 2 then false end), n: count(*), q: count_if((case when x > 1 then true when y < 2 then false end) is null), u: 0},
        {id: 'prowler iam_rotate_access_key_90_days', y: count_if(a1 and t1 >= 91 * 86400000000) + count_if(a2 and t2 >= 91 * 86400000000), n: count(*) - count_if(a1 and t1 >= 91 * 86400000000 or a2 and t2 >= 91 * 86400000000) + count_if(a1 and t1 >= 91 * 86400000000) + count_if(a2 and t2 >= 91 * 86400000000), q: count_if((a1 and t1 >= 91 * 86400000000 or a2 and t2 >= 91 * 86400000000) is null), u: 0},
        {id: 'prowler iam_user_accesskey_unused', y: count_if(a1 and not n1 and l1 >= 46 * 86400000000) + count_if(a2 and not n2 and l2 >= 46 * 86400000000), n: count(*) - count_if(a1 and not n1 and l1 >= 46 * 86400000000 or a2 and not n2 and l2 >= 46 * 86400000000) + count_if(a1 and not n1 and l1 >= 46 * 86400000000) + count_if(a2 and not n2 and l2 >= 46 * 86400000000), q: count_if((a1 and not n1 and l1 >= 46 * 86400000000 or a2 and not n2 and l2 >= 46 * 86400000000) is null), u: 0},
        {id: 'scoutsuite iam-user-unused-access-key-initial-setup', y: count_if(a1 and n1 or a2 and n2), n: count(*), q: count_if((a1 and n1 or a2 and n2) is null), u: 0},
        {id: 'scoutsuite iam-unused-credentials-not-disabled', y: count_if(pp and not n0 and l0 >= 91 * 86400000000 or a1 and not n1 and l1 >= 91 * 86400000000 or a2 and not n2 and l2 >= 91 * 86400000000), n: count(*), q: count_if((pp and not n0 and l0 >= 91 * 86400000000 or a1 and not n1 and l1 >= 91 * 86400000000 or a2 and not n2 and l2 >= 91 * 86400000000) is null), u: 0},
        {id: 'steampipe iam_user_console_access_mfa_enabled', y: count_if(p and not f), n: count(*), q: count_if((p and not f) is null), u: 0},
        {id: 'steampipe iam_user_access_keys_and_password_at_setup', y: count_if(p and t1 is not null and g1 < 10000000), n: count(*), q: count_if((p and t1 is not null and g1 < 10000000) is null), u: 0}
    ], recursive := true)
    from z
)

select id, sum(y), sum(n), sum(q), sum(y::double * y), sum(y::double * n), sum(n::double * n) from f where n > 0 group by id
union all
select id, sum(y), sum(n), sum(q), sum(u), null, null from (from r union all from q) group by id
order by id
