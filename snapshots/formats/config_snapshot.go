package formats

import (
	"iamcensus/snapshots"
	"path"
	"regexp"
)

// configSnapshot is the file of all recorded resources of an account in a
// Region that AWS Config delivers to S3. It is all of it or nothing: a part of
// it would count too few.
// https://docs.aws.amazon.com/config/latest/developerguide/example-s3-snapshot.html
var configSnapshot = Format{
	Name:  "config-snapshot",
	Title: "AWS Config snapshot, JSON as delivered to S3",
	Match: func(head []byte) bool {
		return hasKey("configSnapshotId")(head) || hasKey("fileVersion")(head) && hasKey("configurationItems")(head)
	},
	Read: readConfigSnapshot,
}

// configFile is the name of a delivered file: account, Region, kind.
var configFile = regexp.MustCompile(`^([0-9]{12})_Config_([a-z0-9-]+)_Config(Snapshot|History)_`)

func readConfigSnapshot(in Input, out Sink) {
	r := newConfigReader(in, out, "aws s3 cp")
	r.whole = true
	items := list(r.answer, r.item)
	name := path.Base(in.Path)
	if found := configFile.FindStringSubmatch(name); found != nil {
		r.account, r.region, r.takenAt = found[1], found[2], snapshots.DateIn(name)
		if found[3] == "History" { // its content looks like a snapshot's
			items = refuseAll(r.answer, "history_file", "the file lists what changed within hours, not what there is",
				"hand over the ConfigSnapshot files that lie beside the ConfigHistory files")
		}
	}
	if r.read(map[string]field{"configurationItems": items}) {
		r.handOver()
	}
}
