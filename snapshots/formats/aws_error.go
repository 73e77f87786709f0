package formats

import (
	"bytes"
	"cmp"
	"encoding/json"
	"iamcensus/snapshots"
	"regexp"
	"slices"
	"strings"
)

// errorResponse is an error of AWS in place of a response, with any code: as the AWS
// CLI prints it, in the JSON of an SDK, in the XML or JSON of the API. A few errors are
// how AWS reports that there is nothing; other formats read these.
var errorResponse = Format{
	Name:  "error-response",
	Title: "Error response of AWS or of the AWS CLI: recognized, but refused, as it holds no data",
	Match: isErrorResponse,
	Read:  func(in Input, out Sink) { out.Issue(unexpectedError(readError(in.Data), "the command")) },
}

func isErrorResponse(head []byte) bool {
	if isJSON(head) {
		return hasKey("Error", "Errors", "ErrorResponse", "__type", "$fault", "errorType")(head) || hasKey("code")(head) && hasKey("message")(head) || messageAlone.Match(head)
	}
	return slices.ContainsFunc(errorForms, func(form *regexp.Regexp) bool { return form.Match(head) }) || cliMessage.Match(head)
}

// awsError is an error response of AWS.
type awsError struct {
	Code    string // "" if it has none
	Message string
}

var (
	cliError = regexp.MustCompile(`An error occurred \((\w+)\) when calling\s+the\s+\w+\s+operation[^\n]*`)
	// cliMessage is an error of the CLI itself, such as missing credentials.
	cliMessage = regexp.MustCompile(`(?m)^\s*(?:[\w.]+(?:Error|Exception): )?(?:aws: error|aws-vault: error|Token has expired|` +
		`[^\n]*command not found|'aws' is not recognized|aws: \[ERROR\]|usage: aws|Unable to locate credentials|The config profile|` +
		`Could not connect to|Error when retrieving|Error loading SSO|The SSO session|Partial credentials|You must specify a region|` +
		`Unable to parse config|SSL validation failed|Connect timeout)[^\n]*`)
	messageAlone = regexp.MustCompile(`^\s*\{\s*"[Mm]essage"\s*:\s*"`) // of the API's gateways
	xmlCode      = regexp.MustCompile(`<Error>[\s\S]*?<Code>(\w+)</Code>`)
	sdkError     = regexp.MustCompile(`(?:\bapi error |\bError Code: )(\w+)`)       // of Go, of Java
	deniedBy     = regexp.MustCompile(`is (not authorized) to perform: [\w-]+:\w+`) // of PowerShell and others, without a code
	errorForms   = []*regexp.Regexp{cliError, xmlCode, sdkError, deniedBy}

	deniedAction = regexp.MustCompile(`perform: ([\w-]+:\w+)`)
	calledAction = regexp.MustCompile(`calling\s+the\s+(\w+)\s+operation`)
)

// isError is a Match: head is an error with the code.
func isError(head []byte, code string) bool {
	return bytes.Contains(head, []byte(code)) && isErrorResponse(head)
}

// readError gives the error in data, nil if there is none.
func readError(data []byte) *awsError {
	if startsObject(data) {
		return readJSONError(data)
	}
	head := headOf(data)
	for _, form := range errorForms {
		if found := form.FindSubmatchIndex(head); found != nil {
			return &awsError{Code: string(head[found[2]:found[3]]), Message: string(head)}
		}
	}
	if cliMessage.Match(head) {
		return &awsError{Message: firstLine(bytes.TrimSpace(cliMessage.Find(head)))}
	}
	return nil
}

// readJSONError reads the error of a recording, of the API or of an SDK.
func readJSONError(data []byte) *awsError {
	type body struct {
		Error *awsError
	}
	var response struct {
		body
		Data          body `json:"data"`
		ErrorResponse body
		awsError
		Type      string `json:"__type"`
		ErrorType string `json:"errorType"`
		Name      string
	}
	if !isErrorResponse(headOf(data)) || json.Unmarshal(data, &response) != nil {
		return nil
	}
	if e := cmp.Or(response.Data.Error, response.ErrorResponse.Error, response.Error); e != nil {
		return e
	}
	code := cmp.Or(response.Code, response.Type, response.ErrorType, response.Name)
	if at := strings.LastIndexByte(code, '#'); at >= 0 {
		code = code[at+1:]
	}
	return &awsError{Code: code, Message: response.Message}
}

// unexpectedError is the issue of an error that holds no information.
func unexpectedError(e *awsError, command string) snapshots.Issue {
	if e == nil {
		e = &awsError{}
	}
	what := "an error without a code"
	switch {
	case e.Code != "":
		what = "the error " + snapshots.Quote(e.Code)
	case e.Message != "":
		what = "the error message " + snapshots.Quote(e.Message)
	}
	return snapshots.Issue{Kind: "error_answer", Reason: "the file is " + what + ", not a response", Remedy: e.remedy(command)}
}

func (e *awsError) remedy(command string) string {
	denied := strings.Contains(e.Code, "Denied") || e.Code == "not authorized" || strings.Contains(e.Code, "Unauthorized") || strings.Contains(e.Code, "NotAuthorized")
	switch {
	case denied:
		return "allow " + e.action() + ", then save the output of " + command + " again"
	case strings.Contains(e.Code, "Expired") || strings.Contains(e.Message, "expired") || strings.Contains(e.Code, "Token") || strings.Contains(e.Message, "redentials"):
		return "sign in again, then save the output of " + command + " again"
	}
	return "fix the cause of the error, then save the output of " + command + " again"
}

// action is the permission that a request lacked.
func (e *awsError) action() string {
	if found := deniedAction.FindStringSubmatch(e.Message); found != nil {
		return found[1]
	}
	if found := calledAction.FindStringSubmatch(e.Message); found != nil && strings.Contains(found[1], "CredentialReport") {
		return "iam:" + found[1]
	} else if found != nil {
		return "the action " + found[1]
	}
	return "the action, such as iam:GetCredentialReport"
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
