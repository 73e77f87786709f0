package formats

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"iamcensus/snapshots"
)

// credentialReportJSON is the output of aws iam get-credential-report: the report is
// in Content, in base64 or, from some tools, as plain text. Recordings of boto3 wrap
// it in {"status_code", "data"}.
var credentialReportJSON = Format{
	Name:  "credential-report-json",
	Title: "IAM credential report, the JSON of aws iam get-credential-report",
	Match: func(head []byte) bool {
		return hasKey("Content", "GeneratedTime")(head) ||
			isError(head, "ReportNotPresent") || isError(head, "ReportInProgress") || isError(head, "ReportExpired")
	},
	Read: readCredentialReportJSON,
}

// credentialReportBase64 is the output with --output text: Content, GeneratedTime and
// ReportFormat in one line, or with --query Content the first alone.
var credentialReportBase64 = Format{
	Name:  "credential-report-base64",
	Title: "IAM credential report, base64 of aws iam get-credential-report --output text",
	Match: func(head []byte) bool {
		text := bytes.TrimSpace(head)
		whole := text[:len(text)/4*4] // head may end inside a group of four
		decoded, _ := base64.StdEncoding.DecodeString(string(whole[:min(len(whole), 64)]))
		return bytes.HasPrefix(decoded, []byte("user,"))
	},
	Read: readCredentialReportBase64,
}

func startsObject(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(head), []byte("{"))
}

// reportEnvelope is the response of get-credential-report, bare or in a recording.
type reportEnvelope struct {
	Content       *reportContent
	GeneratedTime jsonTime
	Data          *reportEnvelope `json:"data"`
}

// reportContent is text, or bytes as Node.js writes a Buffer: {"type": "Buffer", "data": [117, ...]}.
type reportContent []byte

func (c *reportContent) UnmarshalJSON(data []byte) error {
	if data[0] == '"' {
		var text string
		err := json.Unmarshal(data, &text)
		*c = []byte(text)
		return err
	}
	var buffer struct{ Data []uint16 }
	if json.Unmarshal(data, &buffer) != nil || len(buffer.Data) == 0 {
		return errors.New("the Content is neither text nor base64")
	}
	*c = make([]byte, len(buffer.Data))
	for i, b := range buffer.Data {
		(*c)[i] = byte(b)
	}
	return nil
}

func readCredentialReportJSON(in Input, out Sink) {
	if e := readError(in.Data); e != nil {
		out.Issue(snapshots.Issue{
			Kind: "no_report", Reason: "the file is " + e.name() + ", not a report",
			Remedy: noReportRemedy,
		})
		return
	}
	if len(in.Data) > maxEncoded {
		out.Issue(encodedTooLong())
		return
	}
	var envelope reportEnvelope
	err := json.Unmarshal(in.Data, &envelope)
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
		out.Issue(badGeneratedTime(envelope.GeneratedTime.text))
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

const noReportRemedy = "run aws iam generate-credential-report until State is COMPLETE, then get-credential-report"

func badGeneratedTime(text string) snapshots.Issue {
	return snapshots.Issue{
		Column: "GeneratedTime", Kind: "bad_time",
		Reason: fmt.Sprintf("invalid time%s in GeneratedTime; ignored", shown(text)),
		Remedy: "write times as 2021-01-24T09:38:09+00:00",
	}
}

// base64Header is the beginning of every report in base64.
var base64Header = base64.StdEncoding.EncodeToString([]byte("user,arn,"))

// readCredentialReportBase64 reads one report, which may be wrapped into lines of equal
// length, or several one after another.
func readCredentialReportBase64(in Input, out Sink) {
	var content []byte
	var generated string
	read := func() {
		at, ok := timeCell(generated)
		if !ok {
			out.Issue(badGeneratedTime(generated))
		}
		if !at.Known() {
			at = snapshots.Time{}
		}
		readContent(in, content, at, out)
		content, generated = nil, "" // what was read shares the memory
	}
	for line := range bytes.Lines(in.Data) {
		if in.Context.Err() != nil {
			return
		}
		if bytes.HasPrefix(line, []byte(base64Header)) && len(content) > 0 {
			read()
		}
		part, rest, _ := bytes.Cut(bytes.TrimSpace(line), []byte("\t"))
		if len(content) <= maxEncoded {
			content = append(content, part...)
		}
		if len(rest) > 0 {
			at, _, _ := bytes.Cut(rest, []byte("\t"))
			generated = string(at)
		}
	}
	read()
}

// readContent reads a report in plain text or base64.
func readContent(in Input, content []byte, capturedAt snapshots.Time, out Sink) {
	if len(content) > maxEncoded {
		out.Issue(encodedTooLong())
		return
	}
	if report := bytes.TrimSpace(content); !bytes.Contains(headOf(report), []byte(",")) {
		decoded, err := decodeBase64(bytes.TrimRight(report, "="))
		if err != nil {
			out.Issue(snapshots.Issue{
				Kind: "bad_base64", Reason: "the Content is neither a report nor base64: " + err.Error(),
				Remedy: "save the output of aws iam get-credential-report again",
			})
			return
		}
		content = decoded
	}
	if in.Data = content; !bytes.HasPrefix(content, []byte(standardHeader)) {
		in.Data = plainText(content)
	}
	if !credentialReportCSV.Match(headOf(in.Data)) {
		out.Issue(snapshots.Issue{
			Kind: "wrong_header", Reason: "Content is not a credential report, but " + contentKind(in.Data),
			Remedy: "save the output of aws iam get-credential-report again",
		})
		return
	}
	readReport(in, capturedAt, out)
}
