package synth

// root appends the row of the root user, in the style of reports before 2023,
// which say nothing about the root password. Its creation is the account's.
func (p *page) root(created int64) {
	p.created = created
	p.text = append(p.text, "<root_account>"...)
	p.arn("root")
	p.time(created)
	p.word("not_supported")
	lately := p.chance(0.03) // within 7 d before the capture
	p.rootUse(created, lately)
	p.word("not_supported,not_supported")
	p.hasRootMFA = !p.chance(0.085)
	p.mfa(p.hasRootMFA)
	k := p.rootKey(created, lately)
	p.hasRootKey = k.since != 0
	p.key(k)
	p.word("false,N/A,N/A,N/A,N/A,false,N/A,false,N/A")
}

func (p *page) rootUse(created int64, lately bool) {
	weekAgo := p.at - 7*day
	from := max(created+hour, passwordTracked)
	switch {
	case lately:
		p.time(p.between(max(from, weekAgo+hour), p.at-minute))
	case from < weekAgo-hour && p.chance(0.7):
		p.time(p.between(from, weekAgo-hour))
	default:
		p.word("no_information")
	}
}

// rootKey draws the key of few root users. Accounts younger than two weeks
// have none.
func (p *page) rootKey(created int64, lately bool) (k credential) {
	until := p.at - 8*day
	if !p.chance(0.06) || created > until-6*day {
		return k
	}
	k.since = p.between(created, until)
	k.active = p.chance(0.7)
	if from := max(k.since+minute, keyTracked); p.chance(0.6) {
		k.used = wholeMinute(p.between(from, until))
		if lately && k.active {
			k.used = wholeMinute(p.between(p.at-6*day, p.at-hour))
		}
	}
	return k
}
