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
	cliMessage   = regexp.MustCompile(`(?m)^\s*(?:[\w.]+(?:Error|Exception): )?(?:[^\n]*command not found|` + quoted(cliPhrases) + `)[^\n]*`)
	messageAlone = regexp.MustCompile(`^\s*\{\s*"[Mm]essage"\s*:\s*"`) // of the API's gateways
	xmlCode      = regexp.MustCompile(`<Error>[\s\S]*?<Code>(\w+)</Code>`)
	sdkError     = regexp.MustCompile(`(?:\bapi error |\bError Code: )(\w+)`)       // of Go, of Java
	deniedBy     = regexp.MustCompile(`is (not authorized) to perform: [\w-]+:\w+`) // of PowerShell and others, without a code
	errorForms   = []*regexp.Regexp{cliError, xmlCode, sdkError, deniedBy}

	deniedAction = regexp.MustCompile(`perform: ([a-z0-9-]{2,32}:[A-Za-z]{2,64})\b`)
	calledAction = regexp.MustCompile(`calling\s+the\s+([A-Za-z]{2,64})\s+operation`)
	errorCode    = regexp.MustCompile(`^(?:[A-Za-z.]{1,64}|not authorized)$`)
)

// cliPhrases begin the messages of the CLI itself. Of a message only the phrase is shown.
var cliPhrases = []string{
	"aws: error", "aws-vault: error", "aws: [ERROR]", "usage: aws", "'aws' is not recognized", "command not found",
	"Token has expired", "Unable to locate credentials", "Partial credentials", "The config profile", "Unable to parse config",
	"Error loading SSO", "The SSO session", "Error when retrieving", "Could not connect to", "SSL validation failed",
	"Connect timeout", "You must specify a region",
}

// quoted is a pattern that matches any of the texts.
func quoted(texts []string) string {
	patterns := make([]string, len(texts))
	for i, text := range texts {
		patterns[i] = regexp.QuoteMeta(text)
	}
	return strings.Join(patterns, "|")
}

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
	if message := cliMessage.Find(head); message != nil {
		return &awsError{Message: string(message)}
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
	if len(data) > maxErrorMessage || !isErrorResponse(headOf(data)) || json.Unmarshal(data, &response) != nil {
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
	return snapshots.Issue{Kind: "error_answer", Reason: "the file is " + e.name() + ", not a response", Remedy: e.remedy(command)}
}

// name is the error without anything that only its file has: the code if it is a word
// of letters, or the beginning of a message of the CLI.
func (e *awsError) name() string {
	if errorCode.MatchString(e.Code) {
		return "the error " + snapshots.Quote(e.Code)
	}
	for _, phrase := range cliPhrases {
		if e.Code == "" && strings.Contains(e.Message, phrase) {
			return "the error message " + snapshots.Quote(phrase)
		}
	}
	return "an error without a code"
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
