package formats

import (
	"bytes"
	"encoding/json"
	"iamcensus/snapshots"
	"regexp"
	"strings"
)

// awsError is an error that AWS gave in place of an answer: as the recorders
// of boto keep it, or the line that the AWS CLI prints. Some errors are the
// only way in which AWS says that there is nothing.
type awsError struct {
	Code    string
	Message string
}

var cliError = regexp.MustCompile(`An error occurred \((\w+)\) when calling the \w+ operation[^\n]*`)

// isError is a Match: head is an error with this code.
func isError(head []byte, code string) bool {
	return bytes.Contains(head, []byte(code)) &&
		(hasKey("Error")(head) || !startsObject(head) && cliError.Match(head))
}

// readError gives the error that data holds, nil if it holds none.
func readError(data []byte) *awsError {
	data = trimBOM(data)
	if !startsObject(data) {
		if line := cliError.FindSubmatch(data); line != nil {
			return &awsError{Code: string(line[1]), Message: string(line[0])}
		}
		return nil
	}
	type body struct{ Error *awsError }
	var answer struct {
		body
		Data body `json:"data"`
	}
	if !hasKey("Error")(data[:min(len(data), headSize)]) || json.Unmarshal(data, &answer) != nil {
		return nil
	}
	if answer.Data.Error != nil {
		return answer.Data.Error
	}
	return answer.Error
}

// wrongError is the issue of an error that is no answer to what was asked.
func wrongError(e *awsError, command string) snapshots.Issue {
	return snapshots.Issue{
		Kind: "error_answer", Reason: "the file holds the error " + snapshots.Quote(e.Code) + ", not an answer",
		Remedy: "mend what the error names and save what " + command + " prints",
	}
}

// letters gives the letters of a name in lower case, so that ListPolicies,
// list-policies and list_policies are one.
func letters(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z':
			return r
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return -1
	}, name)
}
