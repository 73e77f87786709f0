package formats

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"iamcensus/snapshots"
	"strings"
)

// credentialReportJSON is what aws iam get-credential-report prints: the
// report in Content, in base64 or, written by some tools, as plain text. The
// recorders of boto wrap it in {"status_code", "data"}.
var credentialReportJSON = Format{
	Name:  "credential-report-json",
	Title: "IAM credential report, JSON as aws iam get-credential-report prints it",
	Match: func(head []byte) bool {
		return hasKey("Content", "GeneratedTime")(head) || isStarted(head) ||
			isError(head, "ReportNotPresent") || isError(head, "ReportInProgress") || isError(head, "ReportExpired")
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
	Read: func(in Input, out Sink) { readContent(in, string(in.Data), snapshots.Time{}, out) },
}

// isStarted tells the answer of generate-credential-report, {"State": "STARTED"}.
func isStarted(head []byte) bool {
	return hasKey("State")(head) && hasKey("Description")(head) && bytes.Contains(head, []byte("report"))
}

func startsObject(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(head), []byte("{"))
}

// reportEnvelope is the answer of get-credential-report, bare or recorded.
type reportEnvelope struct {
	Content       *string
	GeneratedTime jsonTime
	Data          *reportEnvelope `json:"data"`
}

func readCredentialReportJSON(in Input, out Sink) {
	if e := readError(in.Data); e != nil {
		out.Issue(snapshots.Issue{
			Kind: "no_report", Reason: fmt.Sprintf("the answer is the error %s, not a report", snapshots.Quote(e.Code)),
			Remedy: "run aws iam generate-credential-report until it says COMPLETE, then get-credential-report",
		})
		return
	}
	var answer reportEnvelope
	err := json.Unmarshal(trimBOM(in.Data), &answer)
	if answer.Data != nil {
		answer = *answer.Data
	}
	if err != nil {
		out.Issue(snapshots.Issue{
			Kind: "bad_json", Reason: "the file is not the JSON of a credential report: " + err.Error(),
			Remedy: "get it again with aws iam get-credential-report",
		})
		return
	}
	if answer.GeneratedTime.bad {
		out.Issue(snapshots.Issue{
			Column: "GeneratedTime", Kind: "bad_time",
			Reason: fmt.Sprintf("GeneratedTime %s is no time: the file counts as one without it", snapshots.Quote(answer.GeneratedTime.text)),
			Remedy: "times look like 2021-01-24T09:38:09+00:00",
		})
	}
	if answer.Content == nil {
		out.Issue(snapshots.Issue{
			Kind: "no_report", Reason: "the answer has no Content",
			Remedy: "save the whole answer of aws iam get-credential-report",
		})
		return
	}
	readContent(in, *answer.Content, answer.GeneratedTime.Time, out)
}

// readContent reads a report that is text, or base64 of it.
func readContent(in Input, content string, capturedAt snapshots.Time, out Sink) {
	if report := strings.TrimSpace(content); !strings.Contains(report[:min(len(report), headSize)], ",") {
		decoded, err := base64.StdEncoding.DecodeString(report)
		if err != nil {
			out.Issue(snapshots.Issue{
				Kind: "bad_base64", Reason: "the Content is neither a report nor base64: " + err.Error(),
				Remedy: "get it again with aws iam get-credential-report",
			})
			return
		}
		content = string(decoded)
	}
	if !credentialReportCSV.Match([]byte(content[:min(len(content), headSize)])) {
		out.Issue(snapshots.Issue{
			Kind: "wrong_header", Reason: "the Content is no credential report: it begins with " + snapshots.Quote(content[:min(len(content), 40)]),
			Remedy: "get it again with aws iam get-credential-report",
		})
		return
	}
	in.Data = []byte(content)
	readCredentialReport(in, capturedAt, out)
}
