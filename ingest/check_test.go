package ingest

import (
	"testing"
	"time"

	"iamcensus/snapshots"
)

func TestCheckUser(t *testing.T) {
	captured := at("2021-01-24T00:00:00Z")
	never := snapshots.Time{Missing: snapshots.NotApplicable}
	for name, test := range map[string]struct {
		user snapshots.User
		want string // column and kind
	}{
		"nothing":                  {snapshots.User{CreatedAt: at("2020-01-01T00:00:00Z")}, ""},
		"the very second":          {snapshots.User{CreatedAt: captured}, ""},
		"one second later":         {snapshots.User{CreatedAt: at("2021-01-24T00:00:01Z")}, "user_creation_time after_captured_at"},
		"password used later":      {snapshots.User{PasswordLastUsed: at("2022-01-01T00:00:00Z")}, "password_last_used after_captured_at"},
		"key 2 rotated later":      {snapshots.User{Keys: [2]snapshots.AccessKey{{}, {LastRotated: at("2022-01-01T00:00:00Z")}}}, "access_key_2_last_rotated after_captured_at"},
		"next rotation may be":     {snapshots.User{PasswordNextRotation: at("2022-01-01T00:00:00Z")}, ""},
		"two days from now":        {snapshots.User{CreatedAt: at("2022-01-26T23:59:59Z")}, "user_creation_time after_captured_at"},
		"three days from now":      {snapshots.User{CreatedAt: at("2022-01-27T00:00:00Z")}, "user_creation_time implausible_time"},
		"before AWS":               {snapshots.User{Keys: [2]snapshots.AccessKey{{LastUsed: at("2005-12-31T23:59:59Z")}}}, "access_key_1_last_used_date implausible_time"},
		"next rotation of 9999":    {snapshots.User{PasswordNextRotation: at("9999-01-01T00:00:00Z")}, "password_next_rotation implausible_time"},
		"active key without date":  {snapshots.User{Keys: [2]snapshots.AccessKey{{Active: snapshots.Yes, LastRotated: never}}}, "access_key_1_last_rotated key_without_date"},
		"no key, no date":          {snapshots.User{Keys: [2]snapshots.AccessKey{{Active: snapshots.No, LastRotated: never}}}, ""},
		"certificate of later":     {snapshots.User{Certificates: [2]snapshots.Certificate{{LastRotated: at("2022-01-01T00:00:00Z")}}}, "cert_1_last_rotated after_captured_at"},
		"unknown date of a key":    {snapshots.User{Keys: [2]snapshots.AccessKey{{Active: snapshots.Yes}}}, ""},
		"password changed later":   {snapshots.User{PasswordLastChanged: at("2021-02-01T00:00:00Z")}, "password_last_changed after_captured_at"},
		"key 1 used later":         {snapshots.User{Keys: [2]snapshots.AccessKey{{LastUsed: at("2021-02-01T00:00:00Z")}}}, "access_key_1_last_used_date after_captured_at"},
		"certificate 2 before now": {snapshots.User{Certificates: [2]snapshots.Certificate{{}, {LastRotated: at("2020-01-01T00:00:00Z")}}}, ""},
	} {
		got := ""
		plausibleAt(time.Date(2022, 1, 24, 12, 0, 0, 0, time.UTC)).checkUser(&test.user, &identity{capturedAt: captured.Unix}, func(i snapshots.Issue) {
			got = i.Column + " " + i.Kind
			if i.RowsRefused != 0 || i.Remedy == "" {
				t.Errorf("%s: %+v", name, i)
			}
		})
		if got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// TestTimesOfThatDay: of a snapshot with only a date, any time of that day may
// precede it.
func TestTimesOfThatDay(t *testing.T) {
	id := identity{capturedAt: at("2021-01-24T00:00:00Z").Unix, isDate: true}
	for text, want := range map[string]int{"2021-01-24T23:59:59Z": 0, "2021-01-25T00:00:00Z": 1} {
		n := 0
		plausibleAt(time.Date(2022, 1, 24, 12, 0, 0, 0, time.UTC)).checkUser(&snapshots.User{PasswordLastUsed: at(text)}, &id, func(snapshots.Issue) { n++ })
		if n != want {
			t.Errorf("%s: %d issues, want %d", text, n, want)
		}
	}
}
