package formats

import (
	"encoding/json"
	"errors"
	"fmt"
	"iamcensus/snapshots"
	"io"
)

// list is the field of a list: take gets each element and says what is wrong
// with it, "" if it took it.
func list[T any](a *answer, take func(T) (wrong string)) field {
	return func(name string) error {
		a.place, a.index = name, -1
		switch a.next() {
		case '[':
		case 'n':
			return a.decoder.Decode(&skipped{})
		default:
			a.refuse("is no list")
			return a.decoder.Decode(&skipped{})
		}
		if _, err := a.decoder.Token(); err != nil {
			return err
		}
		for a.index = 0; a.decoder.More(); a.index++ {
			if err := element(a, take); err != nil {
				return err
			}
		}
		_, err := a.decoder.Token()
		return err
	}
}

// one is the field of a single object.
func one[T any](a *answer, take func(T) (wrong string)) field {
	return func(name string) error {
		a.place, a.index = name, -1
		return element(a, take)
	}
}

func element[T any](a *answer, take func(T) (wrong string)) error {
	var value T
	err := a.decoder.Decode(&value)
	if isSyntax(err) {
		return err
	}
	wrong := misfit(err)
	if wrong == "" {
		wrong = take(value)
	}
	if wrong != "" {
		a.refuse(wrong)
		return nil
	}
	a.Rows++
	return nil
}

// refuseAll is the field of what cannot be used at all: a list, or a single
// object.
func refuseAll(a *answer, kind, reason, remedy string) field {
	return func(name string) error {
		before := a.Rows
		read := one(a, func(skipped) string { return "" })
		if a.next() == '[' {
			read = list(a, func(skipped) string { return "" })
		}
		err := read(name)
		rows := a.Rows - before
		a.Rows, a.refused = before, a.refused+rows
		a.out.Issue(snapshots.Issue{Column: name, Kind: kind, Reason: reason, Remedy: remedy, RowsRefused: rows})
		return err
	}
}

// isSyntax tells broken JSON, where reading ends, from a value of another
// type than expected, which costs no more than its element.
func isSyntax(err error) bool {
	var wrong *json.SyntaxError
	return errors.As(err, &wrong) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// misfit says which value has another type than expected, "" if none has.
func misfit(err error) string {
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil:
		return ""
	case !errors.As(err, &wrong):
		return "cannot be read: " + err.Error()
	case wrong.Field == "":
		return "is a JSON " + wrong.Value
	}
	return "has in " + wrong.Field + " a JSON " + wrong.Value
}

// where names the element that is read, such as UserDetailList[3].
func (a *answer) where() string {
	if a.index < 0 {
		return a.place
	}
	return fmt.Sprintf("%s[%d]", a.place, a.index)
}

// refuse refuses the element that is read.
func (a *answer) refuse(wrong string) {
	a.refused++
	a.out.Issue(snapshots.Issue{
		Column: a.place, Kind: "bad_element", RowsRefused: 1,
		Reason: a.where() + " " + wrong, Remedy: "get the file again with " + a.command,
	})
}

// time gives a time of the element that is read, or an issue.
func (a *answer) time(name string, t jsonTime) snapshots.Time {
	if t.bad {
		a.out.Issue(snapshots.Issue{
			Column: name, Kind: "bad_time",
			Reason: fmt.Sprintf("%s of %s is %s, which is no time: it is taken as unknown", name, a.where(), snapshots.Quote(t.text)),
			Remedy: "times look like 2021-01-24T09:38:09Z or are seconds since 1970",
		})
	}
	return t.Time
}

// ownedBy takes the account from the first ARN that has one.
func (a *answer) ownedBy(arn string) {
	if a.Account == "" {
		a.Account = arnAccount(arn)
	}
}
