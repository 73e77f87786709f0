package ingest

import "testing"

func TestSplitUserARN(t *testing.T) {
	for arn, want := range map[string]string{
		"":                                    " / ",
		"arn:aws:iam::111122223333:user/anna": "/ / ",
		"arn:aws:iam::111122223333:user/teams/build/anna": "/teams/build/ / ",
		"arn:aws:iam::111122223333:user/joanna":           " / arn:aws:iam::111122223333:user/joanna",
		"arn:aws:iam::444455556666:user/anna":             " / arn:aws:iam::444455556666:user/anna",
		"arn:aws-cn:iam::111122223333:user/anna":          " / arn:aws-cn:iam::111122223333:user/anna",
		"arn:aws:iam::111122223333:anna":                  " / arn:aws:iam::111122223333:anna",
		"hash":                                            " / hash",
	} {
		path, irregular := splitUserARN(arn, "aws", "111122223333", "anna")
		if got := path + " / " + irregular; got != want {
			t.Errorf("splitUserARN(%q) = %q, want %q", arn, got, want)
		}
	}
}
