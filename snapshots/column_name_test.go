package snapshots

import "testing"

func TestIsColumnName(t *testing.T) {
	for name, want := range map[string]bool{
		"user": true, "access_key_3_active": true, "_cq_id": true, "Prénom": true, "Unnamed: 0": true,
		"password-last.used": true, "accessKeyThreeLastUsedService": true, "部門": true,
		"": false, "AKIAIOSFODNN7EXAMPLE": false, "hunter2": false, "correct!horse": false, "bob@example.com": false,
		"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln": false, "wJalrXUtnFEMIKMDENGbPxRfiCYEXAMPLEKEY": false,
		"111122223333": false, "a\x1bb": false, "Pr\xe9nom": false, "<b>": false, "a\u202eb": false,
	} {
		if got := IsColumnName(name); got != want {
			t.Errorf("%q: %t", name, got)
		}
	}
}
