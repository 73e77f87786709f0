package synth

// use draws when the enabled credentials were last used, so that the last
// activity of all lies in the user's idle band. The activity of one that was
// never used is its own date.
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
	youngest, canBeNew := c.youngest(r)
	if canBeNew && youngest >= in.from && s.chance(0.35) {
		return // none was ever used
	}
	in.from = max(in.from, youngest+minute, c.key.used, c.password.used)
	c.spread(s, r, s.recent(in))
}

// youngest is the date of the youngest enabled credential. The second result
// says whether all of them are young enough never to have been used.
func (c *calendar) youngest(r *record) (youngest int64, canBeNew bool) {
	canBeNew = true
	for i, cr := range r.credentials {
		if cr.active {
			youngest = max(youngest, cr.since)
			canBeNew = canBeNew && cr.since >= c.floor(i).never
		}
	}
	return youngest, canBeNew
}

// spread gives the last use to one enabled credential, and earlier ones or
// none to the others.
func (c *calendar) spread(s stream, r *record, last int64) {
	lead := s.IntN(len(r.credentials))
	for !r.credentials[lead].active {
		lead = (lead + 1) % len(r.credentials)
	}
	for i := range r.credentials {
		cr := &r.credentials[i]
		switch {
		case !cr.active:
			continue
		case i == lead:
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

// arrange fills some free key slots with inactive keys, which count nowhere,
// and mixes the slots: the older key is not always in the first.
func (c *calendar) arrange(s stream, r *record) {
	keys := r.credentials[1:]
	for i := range keys {
		if !keys[i].active && s.chance(0.12) {
			keys[i] = c.retired(s, r.created)
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

// retired draws an inactive key of a user.
func (c *calendar) retired(s stream, created int64) (k credential) {
	now := c.at - hour
	if k.since = created + setupGap(s); s.chance(0.7) {
		k.since = s.between(created+gapLater, now)
	}
	if from := max(k.since+minute, c.key.used); from < now && s.chance(0.6) {
		k.used = wholeMinute(s.between(from, now))
	}
	return k
}

// floor is that of the password (0) or of a key.
func (c *calendar) floor(i int) floor {
	if i == 0 {
		return c.password
	}
	return c.key
}

// wholeMinute rounds down, as AWS does for keys.
func wholeMinute(t int64) int64 { return t - t%minute }
