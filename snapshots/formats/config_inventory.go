package formats

import (
	"cmp"
	"iamcensus/snapshots"
	"strings"
)

// configReader reads one file into an inventory for each account.
type configReader struct {
	*answer
	account, region string         // as the name of a delivered file says
	takenAt         snapshots.Time // likewise
	accounts        []*inventory
	byAccount       map[string]*inventory
}

func newConfigReader(in Input, out Sink, command string) *configReader {
	return &configReader{answer: newAnswer(in, out, command), byAccount: map[string]*inventory{}}
}

// inventory gathers the resources of one account. A history has each of them
// several times: the newest item tells.
type inventory struct {
	account  string
	rows     int
	region   string // of the first item that is not global
	several  bool   // other items are of other Regions
	newest   snapshots.Time
	entities []snapshots.Entity // in the order in which they came
	last     map[snapshots.Entity]sighting
}

// sighting is what an item says of a resource.
type sighting struct {
	at   snapshots.Time
	gone bool // it was deleted
	user *snapshots.DescribedUser
}

// inventoryOf gives the inventory of an account.
func (r *configReader) inventoryOf(account string) *inventory {
	if v := r.byAccount[account]; v != nil {
		return v
	}
	v := &inventory{account: account, last: map[snapshots.Entity]sighting{}}
	r.accounts = append(r.accounts, v)
	r.byAccount[account] = v
	return v
}

func (v *inventory) sight(e snapshots.Entity, s sighting) {
	before, known := v.last[e]
	if !known {
		v.entities = append(v.entities, e)
	}
	if !known || s.at.Unix > before.at.Unix {
		v.last[e] = s
	}
	if s.at.Unix > v.newest.Unix {
		v.newest = s.at
	}
}

func (v *inventory) inRegion(region string) {
	if region != "" && region != "global" {
		v.several = v.several || v.region != "" && v.region != region
		v.region = cmp.Or(v.region, region)
	}
}

// handOver gives a document for each account; that of a Region without
// resources is empty.
func (r *configReader) handOver() {
	if len(r.accounts) == 0 {
		r.inventoryOf(r.account)
	}
	for _, v := range r.accounts {
		r.out.Document(r.document(v))
	}
}

// document gives what is there, without what was deleted.
func (r *configReader) document(v *inventory) *snapshots.Document {
	d := &snapshots.Document{Account: v.account, Region: r.region, Rows: v.rows}
	for _, at := range []snapshots.Time{r.takenAt, r.CapturedAt, v.newest} {
		d.CapturedAt = cmp.Or(d.CapturedAt, at)
	}
	if d.Region == "" && !v.several {
		d.Region = v.region
	}
	for _, e := range v.entities {
		s := v.last[e]
		if s.gone {
			continue
		}
		d.Entities = append(d.Entities, e)
		if s.user != nil {
			d.Users = append(d.Users, *s.user)
		}
	}
	return d
}

// isDeleted knows ResourceDeleted and ResourceDeletedNotRecorded, which older
// items call Deleted.
func isDeleted(status string) bool { return strings.Contains(strings.ToLower(status), "deleted") }

// configKinds names the resource types that have a name of ours.
var configKinds = map[string]string{
	"AWS::IAM::User":            "user",
	"AWS::IAM::Group":           "group",
	"AWS::IAM::Role":            "role",
	"AWS::IAM::Policy":          "policy", // customer managed ones
	"AWS::IAM::InstanceProfile": "instance_profile",
	"AWS::S3::Bucket":           "bucket",
	"AWS::RDS::DBInstance":      "database",
	"AWS::RDS::DBCluster":       "database",
	"AWS::CloudTrail::Trail":    "trail",
	"AWS::EC2::Instance":        "instance",
	"AWS::EC2::SecurityGroup":   "security_group",
}

func configKind(resourceType string) string { return cmp.Or(configKinds[resourceType], resourceType) }
