package formats

import "iamcensus/snapshots"

// CredentialReportColumns are the 22 columns in the order of AWS.
var CredentialReportColumns = []string{
	"user", "arn", "user_creation_time", "password_enabled", "password_last_used",
	"password_last_changed", "password_next_rotation", "mfa_active",
	"access_key_1_active", "access_key_1_last_rotated", "access_key_1_last_used_date",
	"access_key_1_last_used_region", "access_key_1_last_used_service",
	"access_key_2_active", "access_key_2_last_rotated", "access_key_2_last_used_date",
	"access_key_2_last_used_region", "access_key_2_last_used_service",
	"cert_1_active", "cert_1_last_rotated", "cert_2_active", "cert_2_last_rotated",
}

// column stores a cell in a user. ok is false if the cell is invalid.
type column func(u *snapshots.User, cell string) (ok bool)

// reportColumns are the columns that are read, by name.
var reportColumns = map[string]column{
	"user":                   func(u *snapshots.User, s string) bool { u.Name = s; return s != "" },
	"arn":                    func(u *snapshots.User, s string) bool { u.ARN = textCell(s); return true },
	"user_creation_time":     timeColumn(func(u *snapshots.User) *snapshots.Time { return &u.CreatedAt }),
	"password_enabled":       passwordEnabledColumn,
	"password_last_used":     timeColumn(func(u *snapshots.User) *snapshots.Time { return &u.PasswordLastUsed }),
	"password_last_changed":  timeColumn(func(u *snapshots.User) *snapshots.Time { return &u.PasswordLastChanged }),
	"password_next_rotation": timeColumn(func(u *snapshots.User) *snapshots.Time { return &u.PasswordNextRotation }),
	"mfa_active":             flagColumn(func(u *snapshots.User) *snapshots.Flag { return &u.MFAActive }),

	"access_key_1_active":            flagColumn(func(u *snapshots.User) *snapshots.Flag { return &u.Keys[0].Active }),
	"access_key_1_last_rotated":      timeColumn(func(u *snapshots.User) *snapshots.Time { return &u.Keys[0].LastRotated }),
	"access_key_1_last_used_date":    timeColumn(func(u *snapshots.User) *snapshots.Time { return &u.Keys[0].LastUsed }),
	"access_key_1_last_used_region":  textColumn(func(u *snapshots.User) *string { return &u.Keys[0].Region }),
	"access_key_1_last_used_service": textColumn(func(u *snapshots.User) *string { return &u.Keys[0].Service }),
	"access_key_2_active":            flagColumn(func(u *snapshots.User) *snapshots.Flag { return &u.Keys[1].Active }),
	"access_key_2_last_rotated":      timeColumn(func(u *snapshots.User) *snapshots.Time { return &u.Keys[1].LastRotated }),
	"access_key_2_last_used_date":    timeColumn(func(u *snapshots.User) *snapshots.Time { return &u.Keys[1].LastUsed }),
	"access_key_2_last_used_region":  textColumn(func(u *snapshots.User) *string { return &u.Keys[1].Region }),
	"access_key_2_last_used_service": textColumn(func(u *snapshots.User) *string { return &u.Keys[1].Service }),

	"cert_1_active":       flagColumn(func(u *snapshots.User) *snapshots.Flag { return &u.Certificates[0].Active }),
	"cert_1_last_rotated": timeColumn(func(u *snapshots.User) *snapshots.Time { return &u.Certificates[0].LastRotated }),
	"cert_2_active":       flagColumn(func(u *snapshots.User) *snapshots.Flag { return &u.Certificates[1].Active }),
	"cert_2_last_rotated": timeColumn(func(u *snapshots.User) *snapshots.Time { return &u.Certificates[1].LastRotated }),
}

func timeColumn(field func(*snapshots.User) *snapshots.Time) column {
	return func(u *snapshots.User, cell string) (ok bool) {
		*field(u), ok = timeCell(cell)
		return ok
	}
}

func flagColumn(field func(*snapshots.User) *snapshots.Flag) column {
	return func(u *snapshots.User, cell string) (ok bool) {
		*field(u), _, ok = flagCell(cell)
		return ok
	}
}

func textColumn(field func(*snapshots.User) *string) column {
	return func(u *snapshots.User, cell string) bool { *field(u) = textCell(cell); return true }
}

func passwordEnabledColumn(u *snapshots.User, cell string) (ok bool) {
	u.PasswordEnabled, u.PasswordEnabledMissing, ok = flagCell(cell)
	return ok
}
