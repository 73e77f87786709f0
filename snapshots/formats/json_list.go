package formats

import (
	"fmt"
	"iamcensus/snapshots"
	"unicode/utf8"
)

// list reads a field that is a list. accept gets each element and returns what is
// wrong with it, "" if it is accepted.
func list[T any](r *response, accept func(T) (problem string)) fieldReader {
	return func(name string) error {
		r.fieldName, r.index = name, -1
		switch r.nextByte() {
		case '[', 0:
		case 'n':
			return r.skip()
		default:
			r.refuse("is not a list")
			return r.skip()
		}
		if _, err := r.decoder.Token(); err != nil {
			return err
		}
		for r.index = 0; r.decoder.More(); r.index++ {
			if err := readElement(r, accept); err != nil {
				return err
			}
		}
		_, err := r.decoder.Token()
		return err
	}
}

// object reads a field that is a single object.
func object[T any](r *response, accept func(T) (problem string)) fieldReader {
	return func(name string) error {
		r.fieldName, r.index = name, -1
		return readElement(r, accept)
	}
}

func readElement[T any](r *response, accept func(T) (problem string)) error {
	if r.Rows+r.refused >= r.limits.elements {
		r.refused++
		r.beyond++
		return r.skip()
	}
	var value T
	err := r.decoder.Decode(&value)
	if isSyntaxError(err) {
		return err
	}
	problem := typeMismatch(err)
	if problem == "" {
		problem = accept(value)
	}
	if problem != "" {
		r.refuse(problem)
		return nil
	}
	r.Rows++
	return nil
}

// refuseAll reads a field, list or object, of which nothing can be used.
func refuseAll(r *response, kind, reason, remedy string) fieldReader {
	return func(name string) error {
		before := r.Rows
		read := object(r, func(skipped) string { return "" })
		if r.nextByte() == '[' {
			read = list(r, func(skipped) string { return "" })
		}
		err := read(name)
		rows := r.Rows - before
		r.Rows, r.refused = before, r.refused+rows
		r.out.Issue(snapshots.Issue{Column: name, Kind: kind, Reason: reason, Remedy: remedy, RowsRefused: rows})
		return err
	}
}

// position names the element that is being read, such as UserDetailList[3].
func (r *response) position() string {
	if r.index < 0 {
		return r.fieldName
	}
	return fmt.Sprintf("%s[%d]", r.fieldName, r.index)
}

// refuse refuses the element that is being read.
func (r *response) refuse(problem string) { r.refuseAs("bad_element", problem) }

func (r *response) refuseAs(kind, problem string) {
	r.refused++
	r.out.Issue(snapshots.Issue{
		Column: r.fieldName, Kind: kind, RowsRefused: 1,
		Reason: r.position() + " " + problem, Remedy: r.obtain + " again",
	})
}

// text gives a text of the element that is being read, "" for one that AWS does not
// allow, which is an issue. The maximum is in characters.
func (r *response) text(name, text string, most int) string {
	switch {
	case len(text) > most && utf8.RuneCountInString(text) > most:
		r.badText("text_too_long", fmt.Sprintf("a %s of more than %d characters", name, most), name)
	case !isPrintable(text):
		r.badText("bad_text", "control characters in "+name, name)
	default:
		return text
	}
	return ""
}

// arn is text for an ARN.
func (r *response) arn(arn string) string {
	if arn = r.text("Arn", arn, maxARN); !isARN(arn) {
		r.badText("bad_text", "an invalid Arn", "Arn")
		return ""
	}
	return arn
}

func (r *response) badText(kind, problem, name string) {
	r.out.Issue(snapshots.Issue{
		Column: name, Kind: kind, Reason: r.position() + " has " + problem + "; treated as unknown", Remedy: r.obtain + " again",
	})
}

// time gives a time of the element that is being read; an invalid one is an issue.
func (r *response) time(name string, t jsonTime) snapshots.Time {
	if t.invalid {
		r.out.Issue(snapshots.Issue{
			Column: name, Kind: "bad_time",
			Reason: fmt.Sprintf("invalid time%s in %s of %s; treated as unknown", shown(t.text), name, r.position()),
			Remedy: "write times as 2021-01-24T09:38:09Z, or as seconds since 1970",
		})
	}
	return t.Time
}

// setAccount takes the account from the first ARN that has one.
func (r *response) setAccount(arn string) {
	if r.Account == "" {
		r.Account = arnAccount(arn)
	}
}
