package formats

import (
	"iamcensus/snapshots"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzStandardRow: standardRow and readRow give the same users. Below a header with a
// quote all rows are read by readRow.
func FuzzStandardRow(f *testing.F) {
	files, err := filepath.Glob("testdata/formats/credential-report-csv/*.csv")
	if err != nil || len(files) == 0 {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		_, rows, _ := strings.Cut(string(data), "\n")
		f.Add(rows)
	}
	const key = "false,N/A,N/A,N/A,N/A"
	f.Add("anna,arn:aws:iam::111122223333:user/anna,2020-01-01T00:00:00Z,TRUE,no_information,N/A,,not_supported," + key + "," + key + ",false,N/A,false,N/A")
	f.Add(strings.Repeat("anna,N/A,2020-01-01T00:00:00+00:00,true,N/A,N/A,N/A,true,"+key+","+key+",false,N/A,false,N/A\n", snapshots.UserBatchSize+2))
	f.Fuzz(func(t *testing.T, rows string) {
		header := strings.TrimSuffix(standardHeader, "\n")
		fast := read(t, "r.csv", []byte(header+"\n"+rows))
		slow := read(t, "r.csv", []byte(strings.Replace(header, "user", `"user"`, 1)+"\n"+rows))
		if diff := cmp.Diff(slow, fast); diff != "" {
			t.Errorf("%q (-readRow +standardRow):\n%s", rows, diff)
		}
	})
}
