package formats

import (
	"errors"
	"fmt"
	"iamcensus/snapshots"
	"math"
)

// parquetError is what is wrong with a file, without anything of its content. Errors of
// the Parquet library may have names and values.
type parquetError struct{ reason string }

func (e *parquetError) Error() string { return e.reason }

func parquetErrorf(format string, args ...any) error {
	return &parquetError{fmt.Sprintf(format, args...)}
}

// parquetIssue refuses the rows of a file that cannot be read, or that is beyond a limit.
func parquetIssue(err error, what string, refused int) snapshots.Issue {
	var limit *limitError
	var known *parquetError
	issue := snapshots.Issue{Kind: "bad_parquet", Reason: what, Remedy: "export the table again; the file may be truncated"}
	switch {
	case errors.As(err, &limit):
		issue = limit.issue
	case errors.As(err, &known):
		issue.Reason += ": " + known.reason
	}
	issue.RowsRefused = refused
	return issue
}

// wrap names the column of an error.
func (c *parquetColumn) wrap(err error) error {
	var limit *limitError
	var known *parquetError
	name := tableColumns[c.at]
	switch {
	case errors.As(err, &limit):
		return err
	case errors.As(err, &known):
		return parquetErrorf("column %s: %s", name, known.reason)
	}
	return parquetErrorf("column %s cannot be read", name)
}

// freeBytes may be unpacked at any ratio: so few do no harm.
const freeBytes = 1 << 20

// checkExpansion is the error of a file that unpacks to too many bytes.
func (t *parquetTable) checkExpansion(unpacked int64) error {
	size := int64(len(t.data))
	switch {
	case unpacked > t.limits.FileBytes:
		return &limitError{snapshots.Issue{
			Kind: "file_too_large", Reason: fmt.Sprintf("the unpacked file exceeds the maximum of %d bytes", t.limits.FileBytes),
			Remedy: "if this file is legitimate, raise --max-file-size",
		}}
	case unpacked > freeBytes && size < math.MaxInt64/max(t.limits.Ratio, 1) && unpacked > size*t.limits.Ratio:
		return &limitError{snapshots.Issue{
			Kind: "expansion", Reason: fmt.Sprintf("the file unpacks to more than %d times its size", t.limits.Ratio),
			Remedy: "if this file is legitimate, raise --max-ratio",
		}}
	}
	return nil
}
