package synth

import "fmt"

// summary is the output of get-account-summary. It agrees with the credential report,
// where "not_supported" means that root has a password.
func summary(s stream, a account, f facts, e inventory) object {
	return object{"SummaryMap": map[string]int{
		"AccountAccessKeysPresent":          oneIf(f.hasRootKey),
		"AccountMFAEnabled":                 oneIf(f.hasRootMFA),
		"AccountPasswordPresent":            1,
		"AccountSigningCertificatesPresent": 0,
		"Groups":                            e[groups],
		"InstanceProfiles":                  e[roles] / 4,
		"MFADevices":                        f.devices + s.IntN(3), // some are assigned to no user
		"MFADevicesInUse":                   f.devices,
		"Policies":                          e[policies],
		"PolicyVersionsInUse":               e[policies] * 3 / 2,
		"Providers":                         oneIf(!a.standalone), // of central sign-on
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

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}

// passwordPolicy is the output of get-account-password-policy for account n. Half of
// the accounts whose passwords do not expire have no policy: an error response, as in
// recordings of boto3.
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
	required := func() bool { return strict || s.chance(0.6) }
	p := object{
		"MinimumPasswordLength":      14,
		"RequireSymbols":             required(),
		"RequireNumbers":             required(),
		"RequireUppercaseCharacters": required(),
		"RequireLowercaseCharacters": required(),
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
	if required() {
		p["PasswordReusePrevention"] = [...]int{5, 12, 24, 24}[s.IntN(4)]
	}
	return object{"PasswordPolicy": p}
}
