package synth

import "time"

const header = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active," +
	"access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service," +
	"access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service," +
	"cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated"

// keyUses are region and service of the last use of keys. S3 may have no region.
var keyUses = [...]string{
	"N/A,s3",
	"us-east-1,s3", "us-east-1,iam", "us-east-1,ec2", "us-east-1,sts", "us-west-2,ec2", "us-west-2,logs",
	"eu-west-1,dynamodb", "eu-central-1,ecr", "ap-southeast-2,sqs",
}

// A reportWriter writes the credential report of one account.
type reportWriter struct {
	stream
	facts
	text []byte
	id   string // of the account
	at   int64  // of capture
	path string
}

// facts are values of a credential report that other files repeat.
type facts struct {
	created    int64 // of the account
	maxAge     int64 // of passwords, by the policy of the account; 0 = they do not expire
	devices    int   // MFA devices in use, that of root included
	hasRootMFA bool
	hasRootKey bool // active or not
}

// user appends the row of a user.
func (p *reportWriter) user(u *user, serial int, r *record) {
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

func (p *reportWriter) password(c credential) {
	p.bool(c.active)
	switch {
	case !c.active:
		p.cells("N/A,N/A,N/A")
		return
	case c.used == 0:
		p.cells("no_information")
	default:
		p.time(c.used)
	}
	p.time(c.since)
	if p.maxAge == 0 {
		p.cells("N/A")
		return
	}
	p.time(c.since + p.maxAge)
}

func (p *reportWriter) key(c credential) {
	p.bool(c.active)
	switch {
	case c.since == 0:
		p.cells("N/A,N/A,N/A,N/A")
	case c.used == 0:
		p.time(c.since)
		p.cells("N/A,N/A,N/A")
	default:
		p.time(c.since)
		p.time(c.used)
		p.cells(keyUses[p.IntN(len(keyUses))])
	}
}

// certificates appends the certificates of a user; few have one.
func (p *reportWriter) certificates(created int64) {
	if !p.chance(0.004) {
		p.cells("false,N/A,false,N/A")
		return
	}
	p.bool(p.chance(0.5))
	p.time(p.between(created, p.at-hour))
	p.cells("false,N/A")
}

// arn appends the cell up to the name: ",arn:aws:iam::000000000001:user/".
func (p *reportWriter) arn(kind string) {
	p.cells("arn:aws:iam::")
	p.text = append(p.text, p.id...)
	p.text = append(p.text, ':')
	p.text = append(p.text, kind...)
}

func (p *reportWriter) mfa(active bool) {
	p.bool(active)
	if active {
		p.devices++
	}
}

// cells appends one or several cells.
func (p *reportWriter) cells(text string) {
	p.text = append(p.text, ',')
	p.text = append(p.text, text...)
}

func (p *reportWriter) bool(b bool) {
	if b {
		p.cells("true")
	} else {
		p.cells("false")
	}
}

// time appends a time as reports had it until 2023, with +00:00 for Z.
func (p *reportWriter) time(t int64) {
	p.text = append(p.text, ',')
	p.text = time.Unix(t, 0).UTC().AppendFormat(p.text, time.RFC3339)
	p.text = append(p.text[:len(p.text)-1], "+00:00"...)
}
