package synth

// names are the prefix and suffix of a serial number, in the order of a credential
// report, which ignores case. Machines are first.
var names = [...]struct{ prefix, suffix string }{
	{"App.sync_", ""},
	{"ci_deploy-", ""},
	{"svc-build-", "@synth.example"},
	{"user-", ""},
	{"User.", "@synth.example"},
	{"user_", "-temp"},
}

const machineNames = 3

// nameMix is the cumulative share of each pattern, for machines and for people.
var nameMix = [2][3]float64{{0.2, 0.6, 1}, {0.7, 0.95, 1}}

// nameAt is the pattern at quantile q in [0, 1) of all users, of whom a share, the
// first ones, are machines.
func nameAt(q, share float64) uint8 {
	mix, first, x := nameMix[0], 0, q/share
	if q >= share {
		mix, first, x = nameMix[1], machineNames, (q-share)/(1-share)
	}
	for i, end := range mix {
		if x < end {
			return uint8(first + i)
		}
	}
	return uint8(first + len(mix) - 1)
}

// serials is the limit of the first serial number: all have six digits.
const serials = 1_000_000 - maxUsers

func (u *user) appendName(b []byte, serial int) []byte {
	n := names[u.name]
	b = append(b, n.prefix...)
	b = appendPadded(b, serial, 6)
	return append(b, n.suffix...)
}

// accountID is the AWS id of account n.
func accountID(n int) string { return string(appendPadded(nil, n+1, 12)) }

// appendPadded appends n with leading zeros, width digits or more.
func appendPadded(b []byte, n, width int) []byte {
	var digits [20]byte
	i := len(digits)
	for n > 0 || len(digits)-i < width {
		i--
		digits[i] = byte('0' + n%10)
		n /= 10
	}
	return append(b, digits[i:]...)
}
