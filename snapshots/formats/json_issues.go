package formats

import (
	"encoding/json"
	"errors"
	"fmt"
	"iamcensus/snapshots"
	"io"
	"strings"
)

// incomplete says why a response is not complete, in issues: none if it is.
func (r *response) incomplete(err error) (issues []snapshots.Issue) {
	if r.beyond > 0 {
		issues = append(issues, r.limits.tooManyElements(r.beyond))
	}
	var limit *limitError
	switch {
	case errors.As(err, &limit):
		issues = append(issues, limit.issue)
	case err != nil:
		issues = append(issues, snapshots.Issue{
			Kind: "bad_json", Remedy: r.obtain + " again",
			Reason: fmt.Sprintf("the file is not one JSON object: %s, after byte %d", syntaxError(err), r.decoder.InputOffset()),
		})
	case r.isPage:
		issues = append(issues, snapshots.Issue{
			Kind: "one_page", Reason: "the file is one page of a response; more pages follow",
			Remedy: r.obtain + " without --max-items, --no-paginate and --starting-token",
		})
	case len(r.seen) == 0:
		issues = append(issues, snapshots.Issue{
			Kind: "nothing_in_it", Reason: "the file has none of the fields that are read", Remedy: r.obtain + " again",
		})
	}
	return issues
}

// syntaxError says what is wrong with the JSON.
func syntaxError(err error) string {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "it is truncated"
	}
	return err.Error()
}

// isSyntaxError distinguishes what ends reading, such as malformed JSON, from a value of
// an unexpected type, which is refused alone.
func isSyntaxError(err error) bool {
	var wrong *json.UnmarshalTypeError
	return err != nil && !errors.As(err, &wrong)
}

// typeMismatch says which value has an unexpected type, "" if err is nil. The value
// itself is not shown.
func typeMismatch(err error) string {
	var wrong *json.UnmarshalTypeError
	if !errors.As(err, &wrong) {
		return ""
	}
	kind, _, _ := strings.Cut(wrong.Value, " ") // of a number, Value has its text
	if wrong.Field == "" {
		return "is a JSON " + kind
	}
	return "has a JSON " + kind + " in " + wrong.Field
}
