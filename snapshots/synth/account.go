package synth

import "fmt"

// summary is what get-account-summary says: it agrees with the credential
// report. A root password of "not_supported" is one that is there.
func summary(s stream, a account, f facts, e estate) object {
	return object{"SummaryMap": map[string]int{
		"AccountAccessKeysPresent":          number(f.hasRootKey),
		"AccountMFAEnabled":                 number(f.hasRootMFA),
		"AccountPasswordPresent":            1,
		"AccountSigningCertificatesPresent": 0,
		"Groups":                            e[groups],
		"InstanceProfiles":                  e[roles] / 4,
		"MFADevices":                        f.devices + s.IntN(3), // some are assigned to nobody
		"MFADevicesInUse":                   f.devices,
		"Policies":                          e[policies],
		"PolicyVersionsInUse":               e[policies] * 3 / 2,
		"Providers":                         number(!a.standalone), // a central sign-on
		"Roles":                             e[roles],
		"ServerCertificates":                0,
		"Users":                             int(a.users),

		"AccessKeysPerUserQuota":          2,
		"AttachedPoliciesPerUserQuota":    10,
		"GroupsPerUserQuota":              10,
		"GroupsQuota":                     500,
		"PoliciesQuota":                   5000,
		"RolesQuota":                      5000,
		"SigningCertificatesPerUserQuota": 2,
		"UsersQuota":                      maxUsers,
	}}
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

// passwordPolicy is what get-account-password-policy says of account n. About
// every other account whose passwords do not expire has no policy: that is an
// error, kept as the recorders of boto keep it.
func passwordPolicy(s stream, n int, f facts) object {
	if f.maxAge == 0 && s.chance(0.5) {
		return object{"status_code": 404, "data": object{
			"Error": object{
				"Code": "NoSuchEntity", "Type": "Sender",
				"Message": fmt.Sprintf("The Password Policy with domain name %s cannot be found.", accountID(n)),
			},
			"ResponseMetadata": object{},
		}}
	}
	strict := s.chance(0.4)
	demands := func() bool { return strict || s.chance(0.6) }
	p := object{
		"MinimumPasswordLength":      14,
		"RequireSymbols":             demands(),
		"RequireNumbers":             demands(),
		"RequireUppercaseCharacters": demands(),
		"RequireLowercaseCharacters": demands(),
		"AllowUsersToChangePassword": s.chance(0.8),
		"ExpirePasswords":            f.maxAge > 0,
	}
	if !strict {
		p["MinimumPasswordLength"] = [...]int{6, 8, 8, 10, 12}[s.IntN(5)]
	}
	if f.maxAge > 0 {
		p["MaxPasswordAge"] = int(f.maxAge / day)
		p["HardExpiry"] = s.chance(0.1)
	}
	if demands() {
		p["PasswordReusePrevention"] = [...]int{5, 12, 24, 24}[s.IntN(4)]
	}
	return object{"PasswordPolicy": p}
}
