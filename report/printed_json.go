package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"iamcensus/report/text"
	"io"
	"math"
	"strconv"
	"strings"
)

// jsonLines returns the values of valid JSON in their order, each as its keys
// and the value. A duplicate key has a line of its own.
func jsonLines(data []byte) ([]line, error) {
	r := jsonReader{data: data, decoder: json.NewDecoder(bytes.NewReader(data)), number: 1}
	r.decoder.UseNumber()
	r.value("", 1)
	return r.lines, r.err
}

type jsonReader struct {
	data    []byte
	decoder *json.Decoder
	read    int64 // bytes whose line ends are counted
	number  int   // of the line of the last token
	lines   []line
	budget  budget
	err     error // ends the reading
}

// token returns the next token; nil at the end.
func (r *jsonReader) token() json.Token {
	token, err := r.decoder.Token()
	if err != nil && err != io.EOF {
		panic(err) // the JSON is valid
	}
	offset := r.decoder.InputOffset()
	r.number += bytes.Count(r.data[r.read:offset], []byte("\n"))
	r.read = offset
	return token
}

// maxDepth is the maximum number of nested objects and lists.
const maxDepth = 32

// value reads a value with all that it holds.
func (r *jsonReader) value(path string, depth int) {
	if depth > maxDepth {
		r.err = errTooLarge
	}
	if r.err != nil {
		return
	}
	switch token := r.token().(type) {
	case json.Delim:
		r.add(path, token.String(), 0)
		r.elements(path, token, depth)
		r.token()
	case json.Number:
		r.add(path, rounded(token.String()), 1)
	default:
		r.add(path, fmt.Sprintf("%#v", token), 0)
	}
}

// rounded returns a fraction with nine decimals: the order in which a database
// adds changes the last ones.
func rounded(number string) string {
	x, err := strconv.ParseFloat(number, 64)
	if err != nil || !strings.ContainsAny(number, ".eE") {
		return number
	}
	return strconv.FormatFloat(math.Round(x*1e9)/1e9+0, 'g', -1, 64)
}

// elements reads what stands between brackets.
func (r *jsonReader) elements(path string, begin json.Delim, depth int) {
	for r.err == nil && r.decoder.More() {
		if begin == '{' {
			r.value(strings.TrimPrefix(path+"."+r.token().(string), "."), depth+1)
			continue
		}
		first := len(r.lines)
		r.value(path+"[]", depth+1)
		name(r.lines[first:], path+"[]")
	}
}

// name puts the first text of an object in a list, which is its id, into the
// brackets.
func name(lines []line, path string) {
	if len(lines) < 2 || !strings.HasSuffix(lines[0].text, "{") || !strings.HasSuffix(lines[1].text, `"`) {
		return
	}
	_, id, _ := strings.Cut(lines[1].text, ": ")
	id = text.Shorten(strings.Trim(id, `"`), 100) // each line repeats it
	for i, l := range lines {
		lines[i].label = strings.TrimSuffix(path, "]") + id + "]" + strings.TrimPrefix(l.label, path)
		lines[i].text = lines[i].label + strings.TrimPrefix(l.text, l.label)
	}
}

func (r *jsonReader) add(path, value string, numbers int) {
	r.lines = append(r.lines, line{number: r.number, label: path, text: path + ": " + value, numbers: numbers})
	r.err = cmp.Or(r.err, r.budget.spend(r.lines[len(r.lines)-1]))
}
