package synth

// use draws when the enabled credentials were last used, so that the last activity of
// all is in the user's idle band. The activity of a credential that was never used is
// its creation.
func (c *calendar) use(s stream, u *user, r *record) {
	switch {
	case u.idle == none || u.pin == oldestConsole:
		return
	case u.pin == oldestKeyUse:
		r.credentials[1].used = wholeMinute(s.recent(c.lastUse))
		return
	}
	in := c.span(u.idle, hour)
	if u.idle == over365d {
		in.from = 0 // open-ended
	}
	newest, canBeUnused := c.newest(r)
	if canBeUnused && newest >= in.from && s.chance(0.35) {
		return // none was used
	}
	in.from = max(in.from, newest+minute, c.key.used, c.password.used)
	c.spread(s, r, s.recent(in))
}

// newest is the date of the newest enabled credential. canBeUnused reports whether all
// of them are new enough never to have been used.
func (c *calendar) newest(r *record) (newest int64, canBeUnused bool) {
	canBeUnused = true
	for i, cr := range r.credentials {
		if cr.active {
			newest = max(newest, cr.since)
			canBeUnused = canBeUnused && cr.since >= c.floor(i).never
		}
	}
	return newest, canBeUnused
}

// spread sets the last use of one enabled credential, and earlier ones or none of the
// others.
func (c *calendar) spread(s stream, r *record, last int64) {
	latest := s.IntN(len(r.credentials))
	for !r.credentials[latest].active {
		latest = (latest + 1) % len(r.credentials)
	}
	for i := range r.credentials {
		cr := &r.credentials[i]
		switch {
		case !cr.active:
			continue
		case i == latest:
			cr.used = last
		case cr.since >= c.floor(i).never && s.chance(0.3):
			continue
		default:
			cr.used = s.between(max(cr.since+minute, c.floor(i).used), last)
		}
		if i > 0 {
			cr.used = wholeMinute(cr.used)
		}
	}
}

// arrange fills some free key slots with inactive keys, which no figure counts, and
// swaps some slots: the older key may be in slot 2.
func (c *calendar) arrange(s stream, r *record) {
	keys := r.credentials[1:]
	for i := range keys {
		if !keys[i].active && s.chance(0.12) {
			keys[i] = c.inactiveKey(s, r.created)
		}
	}
	swap := 0.05
	if keys[1].since != 0 {
		swap = 0.45
	}
	if s.chance(swap) {
		keys[0], keys[1] = keys[1], keys[0]
	}
}

// inactiveKey draws an inactive key of a user.
func (c *calendar) inactiveKey(s stream, created int64) (k credential) {
	now := c.at - hour
	if k.since = created + setupGap(s); s.chance(0.7) {
		k.since = s.between(created+gapLater, now)
	}
	if from := max(k.since+minute, c.key.used); from < now && s.chance(0.6) {
		k.used = wholeMinute(s.between(from, now))
	}
	return k
}

// floor is that of the password (i = 0) or of a key.
func (c *calendar) floor(i int) floor {
	if i == 0 {
		return c.password
	}
	return c.key
}

// wholeMinute rounds down, as AWS does for keys.
func wholeMinute(t int64) int64 { return t - t%minute }
