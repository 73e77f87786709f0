package scp

// A Class says how far a statement makes IAM users use MFA.
type Class string

const (
	// Full blocks requests without MFA, be they made with an access key
	// or from the console, except MFA self-service.
	Full Class = "full"
	// ConsoleOnly is as Full for the console and other temporary credentials, but
	// not for access keys.
	ConsoleOnly Class = "console_only"
	// Partial blocks some requests without MFA.
	Partial Class = "partial"
	// None blocks the same requests with MFA and without.
	None Class = "none"
)

// classOf follows from how much of each of the three requests is blocked.
func classOf(blocked [3]answer) Class {
	key, session, mfa := blocked[accessKey], blocked[noMFA], blocked[withMFA]
	switch {
	case max(key, session) <= mfa:
		return None
	case session < always:
		return Partial
	case key < always:
		return ConsoleOnly
	default:
		return Full
	}
}
