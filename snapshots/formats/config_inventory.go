package formats

import (
	"cmp"
	"iamcensus/snapshots"
	"strings"
)

// configReader collects the items of one file into an inventory per account.
type configReader struct {
	*response
	account, region string         // from the name of a delivered file
	takenAt         snapshots.Time // from the name of a delivered file
	accounts        []*inventory
	byAccount       map[string]*inventory
	places          map[resourceKey]int // in the resources of an inventory
	beyond          refusedRows         // of accounts beyond maxSnapshots
}

func newConfigReader(in Input, out Sink, command string) *configReader {
	return &configReader{response: newResponse(in, out, command), byAccount: map[string]*inventory{}, places: map[resourceKey]int{}}
}

// inventory is the resources of one account. A history has several items of each,
// of which the newest counts.
type inventory struct {
	account   string
	rows      int
	region    string // of the first item that is not global
	regions   bool   // there are items of several Regions
	newest    snapshots.Time
	resources []resource // in the order of the file
}

// resource has the state according to its newest item.
type resource struct {
	snapshots.Entity
	at      snapshots.Time
	deleted bool
	user    *snapshots.DescribedUser
}

type resourceKey struct {
	of *inventory
	snapshots.Entity
}

// inventoryOf gives the inventory of an account, a new one if it has none, nil beyond
// maxSnapshots.
func (r *configReader) inventoryOf(account string) *inventory {
	if v := r.byAccount[account]; v != nil || len(r.accounts) == maxSnapshots {
		return v
	}
	v := &inventory{account: account}
	r.accounts = append(r.accounts, v)
	r.byAccount[account] = v
	return v
}

func (r *configReader) add(v *inventory, s resource) {
	key := resourceKey{v, s.Entity}
	place, known := r.places[key]
	switch {
	case !known:
		r.places[key] = len(v.resources)
		v.resources = append(v.resources, s)
	case s.at.Unix > v.resources[place].at.Unix:
		v.resources[place] = s
	}
	if s.at.Unix > v.newest.Unix {
		v.newest = s.at
	}
}

func (v *inventory) inRegion(region string) {
	if region != "" && region != "global" {
		v.regions = v.regions || v.region != "" && v.region != region
		v.region = cmp.Or(v.region, region)
	}
}

// emitDocuments emits a document per account. The document of a file without items is
// empty.
func (r *configReader) emitDocuments() {
	if len(r.accounts) == 0 {
		r.inventoryOf(r.account)
	}
	r.places = nil
	for _, v := range r.accounts {
		r.out.Document(r.document(v))
		*v = inventory{} // not needed any more
	}
	reportBeyondSnapshots(&r.beyond, r.out)
}

// document has the resources that are not deleted.
func (r *configReader) document(v *inventory) *snapshots.Document {
	d := &snapshots.Document{Account: v.account, Region: r.region, Rows: v.rows}
	for _, at := range []snapshots.Time{r.takenAt, r.CapturedAt, v.newest} {
		d.CapturedAt = cmp.Or(d.CapturedAt, at)
	}
	if d.Region == "" && !v.regions {
		d.Region = v.region
	}
	for _, s := range v.resources {
		if s.deleted {
			continue
		}
		d.Entities = append(d.Entities, s.Entity)
		if s.user != nil {
			d.Users = append(d.Users, *s.user)
		}
	}
	return d
}

// isDeleted is true of ResourceDeleted, ResourceDeletedNotRecorded and the older
// Deleted.
func isDeleted(status string) bool { return strings.Contains(strings.ToLower(status), "deleted") }

// configKinds are the kinds of Entity for resource types. Other types keep their name.
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
