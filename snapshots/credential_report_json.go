package snapshots

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// credentialReportJSON is what aws iam get-credential-report prints: the
// report in Content, in base64 or, written by some tools, as plain text. The
// recorders of boto wrap it in {"status_code", "data"}.
var credentialReportJSON = Format{
	Name:  "credential-report-json",
	Title: "IAM credential report, JSON as aws iam get-credential-report prints it",
	Match: func(head []byte) bool {
		return startsObject(head) &&
			(bytes.Contains(head, []byte(`"Content"`)) || bytes.Contains(head, []byte(`"GeneratedTime"`)) ||
				bytes.Contains(head, []byte(`"ReportNotPresent"`)) || bytes.Contains(head, []byte(`"ReportInProgress"`)) ||
				bytes.Contains(head, []byte(`"ReportExpired"`)))
	},
	Read: readCredentialReportJSON,
}

// credentialReportBase64 is what --query Content --output text prints.
var credentialReportBase64 = Format{
	Name:  "credential-report-base64",
	Title: "IAM credential report, bare base64",
	Match: func(head []byte) bool {
		text := bytes.TrimSpace(head)
		whole := text[:len(text)/4*4] // head may end within a group of four
		decoded, _ := base64.StdEncoding.DecodeString(string(whole[:min(len(whole), 64)]))
		return bytes.HasPrefix(decoded, []byte("user,"))
	},
	Read: func(in Input, out Sink) { readContent(string(in.Data), Time{}, out) },
}

func startsObject(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(head), []byte("{"))
}

// reportEnvelope is the answer of get-credential-report, bare or recorded.
type reportEnvelope struct {
	Content       *string
	GeneratedTime generatedTime
	Error         *struct{ Code string }
	Data          *reportEnvelope `json:"data"`
}

func readCredentialReportJSON(in Input, out Sink) {
	var answer reportEnvelope
	if err := json.Unmarshal(in.Data, &answer); err != nil {
		out.Issue(Issue{
			Kind: "bad_json", Reason: "the file is not the JSON of a credential report: " + err.Error(),
			Remedy: "get it again with aws iam get-credential-report",
		})
		return
	}
	if answer.Data != nil {
		answer = *answer.Data
	}
	switch {
	case answer.Error != nil:
		out.Issue(Issue{
			Kind: "no_report", Reason: fmt.Sprintf("the answer is the error %s, not a report", quote(answer.Error.Code)),
			Remedy: "run aws iam generate-credential-report until it says COMPLETE, then get-credential-report",
		})
	case answer.Content == nil:
		out.Issue(Issue{
			Kind: "no_report", Reason: "the answer has no Content",
			Remedy: "save the whole answer of aws iam get-credential-report",
		})
	default:
		readContent(*answer.Content, Time(answer.GeneratedTime), out)
	}
}

// readContent reads a report that is text, or base64 of it.
func readContent(content string, capturedAt Time, out Sink) {
	if report := strings.TrimSpace(content); !strings.Contains(report[:min(len(report), headSize)], ",") {
		decoded, err := base64.StdEncoding.DecodeString(report)
		if err != nil {
			out.Issue(Issue{
				Kind: "bad_base64", Reason: "the Content is neither a report nor base64: " + err.Error(),
				Remedy: "get it again with aws iam get-credential-report",
			})
			return
		}
		content = string(decoded)
	}
	if !credentialReportCSV.Match([]byte(content[:min(len(content), headSize)])) {
		out.Issue(Issue{
			Kind: "wrong_header", Reason: "the Content is no credential report: it begins with " + quote(content[:min(len(content), 40)]),
			Remedy: "get it again with aws iam get-credential-report",
		})
		return
	}
	readCredentialReport([]byte(content), capturedAt, out)
}

// generatedTime reads the time as text, as AWS prints it, or as the object
// that recorders of boto write: {"__class__": "datetime", "year": 2021, ...}.
type generatedTime Time

func (g *generatedTime) UnmarshalJSON(data []byte) error {
	if data[0] == '{' {
		var at struct{ Year, Month, Day, Hour, Minute, Second int }
		if err := json.Unmarshal(data, &at); err != nil {
			return err
		}
		*g = generatedTime(TimeAt(time.Date(at.Year, time.Month(at.Month), at.Day, at.Hour, at.Minute, at.Second, 0, time.UTC)))
		return nil
	}
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	unix, ok := parseTime(text)
	if !ok {
		return fmt.Errorf("GeneratedTime %s is no time", quote(text))
	}
	*g = generatedTime(Time{Unix: unix, Word: At})
	return nil
}
