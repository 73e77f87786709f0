package synth

import "time"

const header = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active," +
	"access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service," +
	"access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service," +
	"cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated"

// places are where keys were used. The first has no region: S3 names none.
var places = [...]string{
	"N/A,s3",
	"us-east-1,s3", "us-east-1,iam", "us-east-1,ec2", "us-east-1,sts", "us-west-2,ec2", "us-west-2,logs",
	"eu-west-1,dynamodb", "eu-central-1,ecr", "ap-southeast-2,sqs",
}

// A page is the credential report of one account in the making.
type page struct {
	stream
	facts
	text []byte
	id   string // of the account
	at   int64  // of capture
	path string
}

// facts are what other files repeat of a credential report.
type facts struct {
	created    int64 // of the account
	maxAge     int64 // of passwords, by the account's policy; 0: they do not expire
	devices    int   // MFA devices in use, root's among them
	hasRootMFA bool
	hasRootKey bool // active or not
}

// user appends the row of a user.
func (p *page) user(u *user, serial int, r *record) {
	p.text = append(p.text, '\n')
	p.text = u.appendName(p.text, serial)
	p.arn("user" + p.path)
	p.text = u.appendName(p.text, serial)
	p.time(r.created)
	p.password(r.credentials[0])
	p.mfa(u.console && !u.noMFA || !u.console && p.chance(0.03))
	p.key(r.credentials[1])
	p.key(r.credentials[2])
	p.certificates(r.created)
}

func (p *page) password(c credential) {
	p.bool(c.active)
	switch {
	case !c.active:
		p.word("N/A,N/A,N/A")
		return
	case c.used == 0:
		p.word("no_information")
	default:
		p.time(c.used)
	}
	p.time(c.since)
	if p.maxAge == 0 {
		p.word("N/A")
		return
	}
	p.time(c.since + p.maxAge)
}

func (p *page) key(c credential) {
	p.bool(c.active)
	switch {
	case c.since == 0:
		p.word("N/A,N/A,N/A,N/A")
	case c.used == 0:
		p.time(c.since)
		p.word("N/A,N/A,N/A")
	default:
		p.time(c.since)
		p.time(c.used)
		p.word(places[p.IntN(len(places))])
	}
}

// certificates appends those of a user; few still have one.
func (p *page) certificates(created int64) {
	if !p.chance(0.004) {
		p.word("false,N/A,false,N/A")
		return
	}
	p.bool(p.chance(0.5))
	p.time(p.between(created, p.at-hour))
	p.word("false,N/A")
}

// arn appends the cell up to the name: ",arn:aws:iam::000000000001:user/".
func (p *page) arn(kind string) {
	p.word("arn:aws:iam::")
	p.text = append(p.text, p.id...)
	p.text = append(p.text, ':')
	p.text = append(p.text, kind...)
}

func (p *page) mfa(active bool) {
	p.bool(active)
	if active {
		p.devices++
	}
}

func (p *page) word(w string) {
	p.text = append(p.text, ',')
	p.text = append(p.text, w...)
}

func (p *page) bool(b bool) {
	if b {
		p.word("true")
	} else {
		p.word("false")
	}
}

// time appends a timestamp as reports had it up to 2023, with +00:00 for Z.
func (p *page) time(t int64) {
	p.text = append(p.text, ',')
	p.text = time.Unix(t, 0).UTC().AppendFormat(p.text, time.RFC3339)
	p.text = append(p.text[:len(p.text)-1], "+00:00"...)
}
