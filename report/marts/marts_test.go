package marts

import (
	"database/sql"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestLongTexts: a document has a bounded part of each text.
func TestLongTexts(t *testing.T) {
	long := strings.Repeat("é", 100_000)
	scan := shortened(func(to ...any) error {
		*to[0].(*string), to[1].(*sql.NullString).String, *to[2].(*int64) = long, long, 7
		return nil
	})
	var s string
	var null sql.NullString
	var n int64
	if err := scan(&s, &null, &n); err != nil || n != 7 {
		t.Fatal(n, err)
	}
	for _, got := range []string{s, null.String} {
		if utf8.RuneCountInString(got) != maxText || !strings.Contains(got, "é…é") {
			t.Errorf("%d characters", utf8.RuneCountInString(got))
		}
	}
}
