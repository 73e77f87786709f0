package synth

// root appends the row of the root user as in reports before 2023, which do not report
// its password. It was created with the account.
func (p *reportWriter) root(created int64) {
	p.created = created
	p.text = append(p.text, "<root_account>"...)
	p.arn("root")
	p.time(created)
	p.cells("not_supported")
	recently := p.chance(0.03) // within 7 d before the capture
	p.rootUse(created, recently)
	p.cells("not_supported,not_supported")
	p.hasRootMFA = !p.chance(0.085)
	p.mfa(p.hasRootMFA)
	k := p.rootKey(created, recently)
	p.hasRootKey = k.since != 0
	p.key(k)
	p.cells("false,N/A,N/A,N/A,N/A,false,N/A,false,N/A")
}

func (p *reportWriter) rootUse(created int64, recently bool) {
	weekAgo := p.at - 7*day
	from := max(created+hour, passwordTracked)
	switch {
	case recently:
		p.time(p.between(max(from, weekAgo+hour), p.at-minute))
	case from < weekAgo-hour && p.chance(0.7):
		p.time(p.between(from, weekAgo-hour))
	default:
		p.cells("no_information")
	}
}

// rootKey draws an access key for few root users, and none for accounts younger than
// two weeks.
func (p *reportWriter) rootKey(created int64, recently bool) (k credential) {
	until := p.at - 8*day
	if !p.chance(0.06) || created > until-6*day {
		return k
	}
	k.since = p.between(created, until)
	k.active = p.chance(0.7)
	if from := max(k.since+minute, keyTracked); p.chance(0.6) {
		k.used = wholeMinute(p.between(from, until))
		if recently && k.active {
			k.used = wholeMinute(p.between(p.at-6*day, p.at-hour))
		}
	}
	return k
}
