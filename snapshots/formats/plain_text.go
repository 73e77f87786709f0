package formats

import (
	"bytes"
	"encoding/json"
	"iamcensus/snapshots"
	"regexp"
)

// plainText undoes what programs do to a text when they save it: UTF-16, a byte order
// mark, a first line for Excel or PowerShell, a JSON string around the whole. Lines keep
// their numbers.
func plainText(data []byte) []byte {
	data = snapshots.UTF8(data)
	if first := firstLineOfTools.FindIndex(data); first != nil {
		data = data[first[1]:]
	}
	if bytes.HasPrefix(data, []byte("\x1e")) { // RFC 7464, as jq --seq writes
		data = bytes.ReplaceAll(data, []byte("\x1e"), nil)
	}
	if isJSON(data) && bytes.Contains(data, []byte(": NaN")) { // Python writes NaN for null
		data = bytes.ReplaceAll(data, []byte(": NaN"), []byte(": null"))
	}
	var text string
	if bytes.HasPrefix(data, []byte(`"`)) && len(data) <= maxEncoded && json.Unmarshal(data, &text) == nil {
		return []byte(text)
	}
	return data
}

// firstLineOfTools is what Export-Csv of PowerShell and Excel write above the header,
// without its line end.
var firstLineOfTools = regexp.MustCompile(`^(?:#TYPE [^\r\n]*|"?sep=."?)`)

const bom = "\ufeff" // the byte order mark

func trimBOM(data []byte) []byte { return bytes.TrimPrefix(data, []byte(bom)) }
