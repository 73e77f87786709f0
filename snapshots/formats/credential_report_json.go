package formats

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"iamcensus/snapshots"
	"strings"
)

// credentialReportJSON is the output of aws iam get-credential-report: the report is
// in Content, in base64 or, from some tools, as plain text. Recordings of boto3 wrap
// it in {"status_code", "data"}.
var credentialReportJSON = Format{
	Name:  "credential-report-json",
	Title: "IAM credential report, the JSON of aws iam get-credential-report",
	Match: func(head []byte) bool {
		return hasKey("Content", "GeneratedTime")(head) || isStarted(head) ||
			isError(head, "ReportNotPresent") || isError(head, "ReportInProgress") || isError(head, "ReportExpired")
	},
	Read: readCredentialReportJSON,
}

// credentialReportBase64 is the output with --query Content --output text.
var credentialReportBase64 = Format{
	Name:  "credential-report-base64",
	Title: "IAM credential report, bare base64",
	Match: func(head []byte) bool {
		text := bytes.TrimSpace(head)
		whole := text[:len(text)/4*4] // head may end inside a group of four
		decoded, _ := base64.StdEncoding.DecodeString(string(whole[:min(len(whole), 64)]))
		return bytes.HasPrefix(decoded, []byte("user,"))
	},
	Read: func(in Input, out Sink) { readContent(in, string(in.Data), snapshots.Time{}, out) },
}

// isStarted recognizes the output of generate-credential-report, {"State": "STARTED"}.
func isStarted(head []byte) bool {
	return hasKey("State")(head) && hasKey("Description")(head) && bytes.Contains(head, []byte("report"))
}

func startsObject(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(head), []byte("{"))
}

// reportEnvelope is the response of get-credential-report, bare or in a recording.
type reportEnvelope struct {
	Content       *string
	GeneratedTime jsonTime
	Data          *reportEnvelope `json:"data"`
}

func readCredentialReportJSON(in Input, out Sink) {
	if e := readError(in.Data); e != nil {
		out.Issue(snapshots.Issue{
			Kind: "no_report", Reason: fmt.Sprintf("the file is the error %s, not a report", snapshots.Quote(e.Code)),
			Remedy: "run aws iam generate-credential-report until State is COMPLETE, then get-credential-report",
		})
		return
	}
	var envelope reportEnvelope
	err := json.Unmarshal(trimBOM(in.Data), &envelope)
	if envelope.Data != nil {
		envelope = *envelope.Data
	}
	if err != nil {
		out.Issue(snapshots.Issue{
			Kind: "bad_json", Reason: "the file is not the JSON of a credential report: " + err.Error(),
			Remedy: "save the output of aws iam get-credential-report again",
		})
		return
	}
	if envelope.GeneratedTime.invalid {
		out.Issue(snapshots.Issue{
			Column: "GeneratedTime", Kind: "bad_time",
			Reason: fmt.Sprintf("invalid time %s in GeneratedTime; ignored", snapshots.Quote(envelope.GeneratedTime.text)),
			Remedy: "write times as 2021-01-24T09:38:09+00:00",
		})
	}
	if envelope.Content == nil {
		out.Issue(snapshots.Issue{
			Kind: "no_report", Reason: "the file has no Content",
			Remedy: "save the whole output of aws iam get-credential-report",
		})
		return
	}
	readContent(in, *envelope.Content, envelope.GeneratedTime.Time, out)
}

// readContent reads a report in plain text or base64.
func readContent(in Input, content string, capturedAt snapshots.Time, out Sink) {
	if report := strings.TrimSpace(content); !strings.Contains(report[:min(len(report), headSize)], ",") {
		decoded, err := base64.StdEncoding.DecodeString(report)
		if err != nil {
			out.Issue(snapshots.Issue{
				Kind: "bad_base64", Reason: "Content is neither a report nor base64: " + err.Error(),
				Remedy: "save the output of aws iam get-credential-report again",
			})
			return
		}
		content = string(decoded)
	}
	if !credentialReportCSV.Match([]byte(content[:min(len(content), headSize)])) {
		out.Issue(snapshots.Issue{
			Kind: "wrong_header", Reason: "Content is not a credential report; it begins with " + snapshots.Quote(content[:min(len(content), 40)]),
			Remedy: "save the output of aws iam get-credential-report again",
		})
		return
	}
	in.Data = []byte(content)
	readCredentialReport(in, capturedAt, out)
}
