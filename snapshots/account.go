package snapshots

import (
	"regexp"
	"strings"
)

var (
	idSeparators = strings.NewReplacer("-", "", " ", "", "\u00a0", "", "_", "")
	groupedID    = regexp.MustCompile(`^[0-9]{1,3}(?:,[0-9]{3}){3}$|^[0-9]{1,3}(?:\.[0-9]{3}){3}$`)
	idInText     = regexp.MustCompile(`^(?:arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):.*|[^()]*\(([0-9]{12})\))$`)
	wholeFloat   = regexp.MustCompile(`^([0-9]+)[.,]0*$`)
	exponentForm = regexp.MustCompile(`^([0-9])[.,]([0-9]+)[Ee]\+?([0-9]{1,2})$`)
)

// CleanAccountID gives the account id that a cell shows in the dress of a spreadsheet
// or database: 111122223333.0, ="111122223333", '111122223333, 1111-2222-3333,
// 1.11122223333E+11, 111,122,223,333, a number without its leading zeros, or in a text
// such as prod (111122223333) or arn:aws:iam::111122223333:root. Other text, such as a
// pseudonym, is returned without surrounding blanks. ok is false for a rounded number.
func CleanAccountID(text string) (id string, ok bool) {
	if IsAccountID(text) {
		return text, true
	}
	text = strings.TrimSpace(text)
	number := strings.Trim(strings.TrimPrefix(text, "="), "`\"' ")
	if f := exponentForm.FindStringSubmatch(number); f != nil {
		number, ok = exactNumber(f[1], f[2], f[3])
		if !ok {
			return "", false
		}
	} else if f := wholeFloat.FindStringSubmatch(number); f != nil {
		number = f[1]
	} else if f := idInText.FindStringSubmatch(number); f != nil {
		number = f[1] + f[2]
	} else if groupedID.MatchString(number) {
		number = onlyDigits(number)
	}
	number = idSeparators.Replace(number)
	if number == "" || len(number) > 12 || digits(number) < len(number) {
		return text, true
	}
	return strings.Repeat("0", 12-len(number)) + number, true
}

// exactNumber writes whole.fraction * 10^exponent without a fraction. ok is false if
// the last digits are missing.
func exactNumber(whole, fraction, exponent string) (number string, ok bool) {
	n := int(exponent[0] - '0')
	if len(exponent) > 1 {
		n = 10*n + int(exponent[1]-'0')
	}
	if n > 11 || n > len(fraction) || strings.Trim(fraction[n:], "0") != "" {
		return "", false
	}
	return whole + fraction[:n], true
}
