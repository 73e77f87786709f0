package synth

import (
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// items are the kinds that AWS Config records, in its terms.
var items = [kinds]struct{ resourceType, arn, id string }{
	buckets:        {"AWS::S3::Bucket", "arn:aws:s3:::", "synth-"},
	databases:      {"AWS::RDS::DBInstance", "arn:aws:rds:REGION:ACCOUNT:db:", "db-"},
	trails:         {"AWS::CloudTrail::Trail", "arn:aws:cloudtrail:REGION:ACCOUNT:trail/", "trail-"},
	instances:      {"AWS::EC2::Instance", "arn:aws:ec2:REGION:ACCOUNT:instance/", "i-"},
	securityGroups: {"AWS::EC2::SecurityGroup", "arn:aws:ec2:REGION:ACCOUNT:security-group/", "sg-"},
}

var regions = [...]string{"us-east-1", "us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-2"}

// configSnapshot writes the AWS Config snapshot of account n, all in one Region, under
// the name of the object in S3.
func (w *writer) configSnapshot(dir string, n int, e inventory) error {
	region, id := regions[w.random.IntN(len(regions))], w.random.uuid()
	place := strings.NewReplacer("REGION", region, "ACCOUNT", accountID(n))
	text := fmt.Appendf(w.text[:0], `{"fileVersion":"1.0","configSnapshotId":"%s","configurationItems":[`, id)
	for k := buckets; k < kinds; k++ {
		head := fmt.Sprintf(`{"configurationItemVersion":"1.3","configurationItemStatus":"OK",`+
			`"awsAccountId":"%s","awsRegion":"%s","resourceType":"%s",`, accountID(n), region, items[k].resourceType)
		arn := place.Replace(items[k].arn)
		for range e[k] {
			text = append(text, head...)
			text = w.item(text, arn, items[k].id)
		}
	}
	if text[len(text)-1] == ',' {
		text = text[:len(text)-1]
	}
	w.text = append(text, "]}"...)
	return w.pack(filepath.Join(dir, fmt.Sprintf("%s_Config_%s_ConfigSnapshot_%s_%s.json.gz",
		accountID(n), region, utc(w.at).Format("20060102T150405Z"), id)))
}

// item appends the fields that differ between the items of a kind.
func (w *writer) item(text []byte, arn, prefix string) []byte {
	id := fmt.Sprintf("%s%017x", prefix, w.random.Uint64())
	text = append(text, `"configurationItemCaptureTime":"`...)
	text = utc(w.at-1-w.random.Int64N(day)).AppendFormat(text, "2006-01-02T15:04:05.000Z")
	return fmt.Appendf(text, `","resourceId":"%s","ARN":"%s%s","tags":{},"relationships":[],"configuration":{}},`, id, arn, id)
}

// pack writes w.text as a gzip file.
func (w *writer) pack(file string) error {
	w.packed.Reset()
	packer, err := gzip.NewWriterLevel(&w.packed, gzip.BestSpeed)
	if err != nil {
		return err
	}
	if _, err := packer.Write(w.text); err != nil {
		return err
	}
	if err := packer.Close(); err != nil {
		return err
	}
	return os.WriteFile(file, w.packed.Bytes(), 0o666)
}

func (s stream) uuid() string {
	high, low := s.Uint64(), s.Uint64()
	return fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", uint32(high), uint16(high>>32), high>>52, low>>52, low&(1<<48-1))
}

func utc(t int64) time.Time { return time.Unix(t, 0).UTC() }
