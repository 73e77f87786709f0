package formats

import (
	"bytes"
	"encoding/json"
	"iamcensus/snapshots"
	"regexp"
	"strings"
)

// awsError is an error response of AWS: as recordings of boto3 have it, or the line
// that the AWS CLI prints. Some errors are how AWS reports that there is nothing.
type awsError struct {
	Code    string
	Message string
}

var cliError = regexp.MustCompile(`An error occurred \((\w+)\) when calling the \w+ operation[^\n]*`)

// isError is a Match: head is an error with the code.
func isError(head []byte, code string) bool {
	return bytes.Contains(head, []byte(code)) &&
		(hasKey("Error")(head) || !startsObject(head) && cliError.Match(head))
}

// readError gives the error in data, nil if there is none.
func readError(data []byte) *awsError {
	data = trimBOM(data)
	if !startsObject(data) {
		if line := cliError.FindSubmatch(data); line != nil {
			return &awsError{Code: string(line[1]), Message: string(line[0])}
		}
		return nil
	}
	type body struct{ Error *awsError }
	var recording struct {
		body
		Data body `json:"data"`
	}
	if !hasKey("Error")(data[:min(len(data), headSize)]) || json.Unmarshal(data, &recording) != nil {
		return nil
	}
	if recording.Data.Error != nil {
		return recording.Data.Error
	}
	return recording.Error
}

// unexpectedError is the issue of an error that holds no information.
func unexpectedError(e *awsError, command string) snapshots.Issue {
	return snapshots.Issue{
		Kind: "error_answer", Reason: "the file is the error " + snapshots.Quote(e.Code) + ", not a response",
		Remedy: "fix the cause of the error and save the output of " + command,
	}
}

// onlyLetters gives the letters of a name in lower case, which are the same for
// ListPolicies, list-policies and list_policies.
func onlyLetters(name string) string {
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
