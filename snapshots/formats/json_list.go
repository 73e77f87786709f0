package formats

import (
	"encoding/json"
	"errors"
	"fmt"
	"iamcensus/snapshots"
	"io"
)

// list reads a field that is a list. accept gets each element and returns what is
// wrong with it, "" if it is accepted.
func list[T any](r *response, accept func(T) (problem string)) fieldReader {
	return func(name string) error {
		r.fieldName, r.index = name, -1
		switch r.nextByte() {
		case '[':
		case 'n':
			return r.decoder.Decode(&skipped{})
		default:
			r.refuse("is not a list")
			return r.decoder.Decode(&skipped{})
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

// isSyntaxError distinguishes malformed JSON, which ends reading, from a value of
// an unexpected type, which is refused alone.
func isSyntaxError(err error) bool {
	var wrong *json.SyntaxError
	return errors.As(err, &wrong) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// typeMismatch says which value has an unexpected type, "" if err is nil.
func typeMismatch(err error) string {
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil:
		return ""
	case !errors.As(err, &wrong):
		return "cannot be read: " + err.Error()
	case wrong.Field == "":
		return "is a JSON " + wrong.Value
	}
	return "has a JSON " + wrong.Value + " in " + wrong.Field
}

// position names the element that is being read, such as UserDetailList[3].
func (r *response) position() string {
	if r.index < 0 {
		return r.fieldName
	}
	return fmt.Sprintf("%s[%d]", r.fieldName, r.index)
}

// refuse refuses the element that is being read.
func (r *response) refuse(problem string) {
	r.refused++
	r.out.Issue(snapshots.Issue{
		Column: r.fieldName, Kind: "bad_element", RowsRefused: 1,
		Reason: r.position() + " " + problem, Remedy: r.obtain + " again",
	})
}

// time gives a time of the element that is being read; an invalid one is an issue.
func (r *response) time(name string, t jsonTime) snapshots.Time {
	if t.invalid {
		r.out.Issue(snapshots.Issue{
			Column: name, Kind: "bad_time",
			Reason: fmt.Sprintf("invalid time %s in %s of %s; treated as unknown", snapshots.Quote(t.text), name, r.position()),
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
