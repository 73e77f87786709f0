package formats

import (
	"iamcensus/snapshots"
	"path"
	"regexp"
)

// configSnapshot is the file with all recorded resources of an account in a Region
// that AWS Config delivers to S3. It is read as a whole or not at all, since a part
// would give too low counts.
// https://docs.aws.amazon.com/config/latest/developerguide/example-s3-snapshot.html
var configSnapshot = Format{
	Name:  "config-snapshot",
	Title: "AWS Config snapshot, the JSON delivered to S3",
	Match: func(head []byte) bool {
		return hasKey("configSnapshotId")(head) || hasKey("fileVersion")(head) && hasKey("configurationItems")(head)
	},
	Read: readConfigSnapshot,
}

// configFile matches the name of a delivered file: account, Region, kind.
var configFile = regexp.MustCompile(`^([0-9]{12})_Config_([a-z0-9-]+)_Config(Snapshot|History)_`)

func readConfigSnapshot(in Input, out Sink) {
	r := newConfigReader(in, out, "aws s3 cp")
	r.allOrNothing, r.obtain = true, "download the file from S3"
	items := list(r.response, r.item)
	name := path.Base(in.Path)
	if found := configFile.FindStringSubmatch(name); found != nil {
		r.account, r.region, r.takenAt = found[1], found[2], snapshots.DateIn(name)
		if found[3] == "History" { // the content has the form of a snapshot
			items = refuseAll(r.response, "history_file", "the file is a history of some hours, not a list of all resources",
				"ingest the ConfigSnapshot files beside the ConfigHistory files")
		}
	}
	if r.read(map[string]fieldReader{"configurationItems": items}) {
		r.emitDocuments()
	}
}
