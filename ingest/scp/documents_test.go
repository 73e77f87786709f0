package scp

// A document is a policy with the expected classes of its statements, in order,
// with a + after an Allow that lets users without MFA in.
type document struct {
	name   string
	policy string
	want   string
	why    string
}

// statement wraps one statement into a policy.
func statement(s string) string { return `{"Version":"2012-10-17","Statement":` + s + `}` }

// denyIf and allowIf cover all actions and resources, under a condition.
func denyIf(condition string) string {
	return statement(`{"Effect":"Deny","Action":"*","Resource":"*","Condition":` + condition + `}`)
}

func allowIf(condition string) string {
	return statement(`{"Effect":"Allow","Action":"*","Resource":"*","Condition":` + condition + `}`)
}

// withoutMFA is the condition that AWS recommends.
const withoutMFA = `"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}`

// denyWhat denies what the elements select without MFA.
func denyWhat(elements string) string {
	return statement(`{"Effect":"Deny",` + elements + `,"Condition":{` + withoutMFA + `}}`)
}

// Documents such as have been published.
var published = []document{
	{"self-service left out", `{
	  "Version": "2012-10-17",
	  "Statement": [{
	    "Sid": "NothingWithoutMFA",
	    "Effect": "Deny",
	    "NotAction": ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:GetUser", "iam:ListMFADevices",
	                  "iam:ListVirtualMFADevices", "iam:ResyncMFADevice", "sts:GetSessionToken"],
	    "Resource": "*",
	    "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}
	  }]}`, "full", "the key is false or absent without MFA, and what is left out only serves to enroll"},

	{"three EC2 calls", `{
	  "Version": "2012-10-17",
	  "Statement": [{
	    "Sid": "NoStopWithoutMFA",
	    "Effect": "Deny",
	    "Action": ["ec2:StopInstances", "ec2:TerminateInstances", "ec2:SendDiagnosticInterrupt"],
	    "Resource": "*",
	    "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}
	  }]}`, "partial", "everything else is possible without MFA"},

	{"two EC2 calls, JSON boolean", `{
	  "Version": "2012-10-17",
	  "Statement": {
	    "Effect": "Deny",
	    "Action": ["ec2:StopInstances", "ec2:TerminateInstances"],
	    "Resource": "*",
	    "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": false}}
	  }}`, "partial", "quotation marks around a Boolean are optional; the actions are few"},

	{"Bool, self-service left out, not for services", `{
	  "Version": "2012-10-17",
	  "Statement": [{
	    "Sid": "MostOnlyWithMFA",
	    "Effect": "Deny",
	    "NotAction": ["iam:CreateVirtualMFADevice", "iam:DeleteVirtualMFADevice", "iam:ListVirtualMFADevices",
	                  "iam:EnableMFADevice", "iam:ResyncMFADevice", "iam:ListAccountAliases", "iam:ListUsers",
	                  "iam:ListSSHPublicKeys", "iam:ListAccessKeys", "iam:ListServiceSpecificCredentials",
	                  "iam:ListMFADevices", "iam:GetAccountSummary", "sts:GetSessionToken"],
	    "Resource": "*",
	    "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false", "aws:ViaAWSService": "false"}}
	  }]}`, "console_only", "Bool fails on the absent key of an access key; what a service passes on was asked of it directly"},

	{"no root user", `{
	  "Version": "2012-10-17",
	  "Statement": [{
	    "Sid": "NoRoot",
	    "Effect": "Deny",
	    "Action": "*",
	    "Resource": "*",
	    "Condition": {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:root"}}
	  }]}`, "none", "root is not an IAM user, and MFA makes no difference"},

	{"everything allowed", statement(`{"Effect":"Allow","Action":"*","Resource":"*"}`),
		"none+", "FullAWSAccess, attached everywhere by default"},

	{"everything but IAM", denyWhat(`"NotAction":"iam:*","Resource":"*"`),
		"partial", "the example of AWS's page on NotAction: a user without MFA can create another user"},

	{"root and users apart", statement(`[
	  {"Sid":"Root","Effect":"Deny","NotAction":["iam:EnableMFADevice","sts:GetSessionToken"],"Resource":"*",
	   "Condition":{"Bool":{"aws:MultiFactorAuthPresent":"false"},"ArnLike":{"aws:PrincipalArn":["arn:aws:iam::*:root"]}}},
	  {"Sid":"Users","Effect":"Deny","NotAction":["iam:EnableMFADevice","sts:GetSessionToken"],"Resource":"*",
	   "Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"},"ArnLike":{"aws:PrincipalArn":["arn:aws:iam::*:user/*"]}}}]`),
		"none full", "the first is about root only, the second about every user"},

	{"not outside two regions, but for a role", statement(`{"Effect":"Deny","NotAction":["iam:*","sts:*"],"Resource":"*","Condition":{
	   "StringNotEquals":{"aws:RequestedRegion":["eu-central-1","eu-west-1"]},
	   "ArnNotLike":{"aws:PrincipalARN":"arn:aws:iam::*:role/Admin"}}}`),
		"none", "nothing in it is about MFA"},
}

// Conditions on MFA. All deny everything.
var conditions = []document{
	{"string false, plain", denyIf(`{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}`),
		"full", "AWS's recommended combination"},
	{"list of one", denyIf(`{"BoolIfExists":{"aws:MultiFactorAuthPresent":["false"]}}`),
		"full", "brackets are optional around one value"},
	{"list of bare booleans", denyIf(`{"BoolIfExists":{"aws:MultiFactorAuthPresent":[false]}}`),
		"full", "as are quotation marks"},
	{"any case", denyIf(`{"boolIFexists":{"AWS:multifactorAUTHpresent":"False"}}`),
		"full", "key names are not case-sensitive"},
	{"Bool", denyIf(`{"Bool":{"aws:MultiFactorAuthPresent":"false"}}`),
		"console_only", "an absent key does not match: access keys pass"},
	{"true inverts", denyIf(`{"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"}}`),
		"none", "denies users with MFA, and access keys"},
	{"Bool true inverts", denyIf(`{"Bool":{"aws:MultiFactorAuthPresent":true}}`),
		"none", "denies users with MFA only"},
	{"true or false, IfExists", denyIf(`{"BoolIfExists":{"aws:MultiFactorAuthPresent":["true","false"]}}`),
		"none", "one of the values always matches: everything is denied, with MFA too"},
	{"true or false", denyIf(`{"Bool":{"aws:MultiFactorAuthPresent":["false","true"]}}`),
		"none", "every session is denied, with MFA too; only access keys pass"},
	{"no condition", statement(`{"Effect":"Deny","Action":"*","Resource":"*"}`),
		"none", "everything is denied, with MFA too"},
	{"empty condition", denyIf(`{}`),
		"none", "the same"},
	{"Null true", denyIf(`{"Null":{"aws:MultiFactorAuthPresent":"true"}}`),
		"partial", "by the operator's definition access keys only; AWS's remark that it is like Bool false is not relied on"},
	{"Null false", denyIf(`{"Null":{"aws:MultiFactorAuthPresent":"false"}}`),
		"none", "denies every session, with MFA too"},
	{"Null age", denyIf(`{"Null":{"aws:MultiFactorAuthAge":"true"}}`),
		"full", "the age is there only if MFA was used"},
	{"Null age false", denyIf(`{"Null":{"aws:MultiFactorAuthAge":false}}`),
		"none", "denies users with MFA only"},
	{"older than an hour, IfExists", denyIf(`{"NumericGreaterThanIfExists":{"aws:MultiFactorAuthAge":"3600"}}`),
		"full", "an absent age matches: no MFA, or an old one, is denied"},
	{"older than an hour, bare number", denyIf(`{"NumericGreaterThanEqualsIfExists":{"aws:MultiFactorAuthAge":3600}}`),
		"full", "the same"},
	{"older than an hour", denyIf(`{"NumericGreaterThan":{"aws:MultiFactorAuthAge":"3600"}}`),
		"none", "an absent age does not match: without MFA nothing is denied"},
	{"younger than an hour, IfExists", denyIf(`{"NumericLessThanIfExists":{"aws:MultiFactorAuthAge":"3600"}}`),
		"none", "denies the user who has just used MFA, too"},
	{"younger than an hour", denyIf(`{"NumericLessThan":{"aws:MultiFactorAuthAge":"3600"}}`),
		"none", "denies only users with MFA"},
	{"older than minus one", denyIf(`{"NumericGreaterThanIfExists":{"aws:MultiFactorAuthAge":"-1"}}`),
		"none", "every age is more: everything is denied"},
	{"age is not 0", denyIf(`{"NumericNotEquals":{"aws:MultiFactorAuthAge":"0"}}`),
		"none", "a negated operator matches an absent key, but every other age as well"},
	{"age is not 1", denyIf(`{"NumericNotEquals":{"aws:MultiFactorAuthAge":"1"}}`),
		"none", "the same"},
	{"age is not a number", denyIf(`{"NumericGreaterThanIfExists":{"aws:MultiFactorAuthAge":"1h"}}`),
		"none", "AWS does not say what that means"},
	{"not a boolean", denyIf(`{"BoolIfExists":{"aws:MultiFactorAuthPresent":"no"}}`),
		"none", "AWS does not say what that means"},
	{"variable for a boolean", denyIf(`{"BoolIfExists":{"aws:MultiFactorAuthPresent":"${aws:SecureTransport}"}}`),
		"none", "could be either"},
	{"no value", denyIf(`{"Bool":{"aws:MultiFactorAuthPresent":[]}}`),
		"none", "AWS says two things about an empty list"},
	{"no value, IfExists", denyIf(`{"BoolIfExists":{"aws:MultiFactorAuthPresent":[]}}`),
		"partial", "matches only if the key is absent: access keys"},
	{"StringEquals", denyIf(`{"StringEquals":{"aws:MultiFactorAuthPresent":"false"}}`),
		"partial", "would be console_only, were a string operator documented for the key"},
	{"StringNotEquals", denyIf(`{"StringNotEquals":{"aws:MultiFactorAuthPresent":"true"}}`),
		"partial", "would be full, were a string operator documented for the key"},
	{"date operator", denyIf(`{"DateLessThan":{"aws:MultiFactorAuthAge":"2020-01-01T00:00:00Z"}}`),
		"none", "its effect is not documented"},
	{"ForAllValues:Bool", denyIf(`{"ForAllValues:Bool":{"aws:MultiFactorAuthPresent":"false"}}`),
		"full", "ForAllValues is true of an absent key"},
	{"ForAnyValue:Bool", denyIf(`{"ForAnyValue:Bool":{"aws:MultiFactorAuthPresent":"false"}}`),
		"console_only", "ForAnyValue is false of an absent key"},
	{"ForAnyValue:BoolIfExists", denyIf(`{"ForAnyValue:BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}`),
		"full", "IfExists is true of an absent key"},
	{"present and age", denyIf(`{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"},"Null":{"aws:MultiFactorAuthAge":"true"}}`),
		"full", "ANDed, and both hold without MFA"},
	{"absent and false at once", denyIf(`{"Null":{"aws:MultiFactorAuthPresent":"true"},"Bool":{"aws:MultiFactorAuthPresent":"false"}}`),
		"none", "ANDed, and cannot both hold"},
	{"IfExists, but the key exists", denyIf(`{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"},"Null":{"aws:MultiFactorAuthPresent":"false"}}`),
		"console_only", "ANDed: what is left is the session without MFA"},
	{"two ages of MFA", denyIf(`{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"},"NumericGreaterThan":{"aws:MultiFactorAuthAge":"3600"}}`),
		"none", "ANDed: no request without MFA has an age"},
}

// Other conditions. All deny everything without MFA.
var narrowings = []document{
	{"region", denyIf(`{` + withoutMFA + `,"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}`),
		"partial", "other regions stay open"},
	{"address", denyIf(`{` + withoutMFA + `,"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}}`),
		"partial", "requests from the office need no MFA"},
	{"tag", denyIf(`{` + withoutMFA + `,"StringNotEquals":{"aws:PrincipalTag/mfa":"exempt"}}`),
		"partial", "tagged users are exempt"},
	{"organization", denyIf(`{` + withoutMFA + `,"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}`),
		"partial", "holds of every member, but the document cannot show that the id is right"},
	{"not for services", denyIf(`{` + withoutMFA + `,"Bool":{"aws:ViaAWSService":"false"}}`),
		"full", "direct requests are all denied"},
	{"for services", denyIf(`{` + withoutMFA + `,"Bool":{"aws:ViaAWSService":"true"}}`),
		"none", "direct requests all pass"},
	{"not called via anything", denyIf(`{` + withoutMFA + `,"Null":{"aws:CalledVia":"true"}}`),
		"full", "it holds of direct requests"},
	{"not called via one service", denyIf(`{` + withoutMFA + `,"ForAllValues:StringNotEquals":{"aws:CalledVia":"athena.amazonaws.com"}}`),
		"full", "ForAllValues is true of the absent key of a direct request"},
	{"not called via one service, any value", denyIf(`{` + withoutMFA + `,"ForAnyValue:StringNotEquals":{"aws:CalledVia":"athena.amazonaws.com"}}`),
		"none", "ForAnyValue is false of it, negated or not"},
	{"not with a source identity", denyIf(`{` + withoutMFA + `,"StringNotEquals":{"aws:SourceIdentity":"robot"}}`),
		"full", "only role sessions have one, and a negated operator holds of an absent key"},
	{"users by type, wildcard", denyIf(`{` + withoutMFA + `,"StringLike":{"aws:PrincipalType":"Use?"}}`),
		"full", "matches User"},
	{"users by type", denyIf(`{` + withoutMFA + `,"StringEquals":{"aws:PrincipalType":"User"}}`),
		"full", "IAM users are whom this is about"},
	{"all but roles by type", denyIf(`{` + withoutMFA + `,"StringNotEquals":{"aws:PrincipalType":["AssumedRole","FederatedUser"]}}`),
		"full", "none of the values is an IAM user's"},
	{"users by type, any case", denyIf(`{` + withoutMFA + `,"StringEqualsIgnoreCase":{"aws:PrincipalType":"USER"}}`),
		"full", "the operator ignores case"},
	{"users by type, wrong case", denyIf(`{` + withoutMFA + `,"StringEquals":{"aws:PrincipalType":"user"}}`),
		"none", "the operator does not"},
	{"type under a Boolean operator", denyIf(`{` + withoutMFA + `,"Bool":{"aws:PrincipalType":"true"}}`),
		"partial", "AWS does not say what that means"},
	{"type under a numeric operator", denyIf(`{` + withoutMFA + `,"NumericEquals":{"aws:PrincipalType":"1"}}`),
		"partial", "AWS does not say what that means"},
	{"roles by type", denyIf(`{` + withoutMFA + `,"StringEquals":{"aws:PrincipalType":"AssumedRole"}}`),
		"none", "does not apply to users"},
	{"users by name", denyIf(`{` + withoutMFA + `,"Null":{"aws:username":"false"}}`),
		"full", "every IAM user has the key"},
	{"one user by name", denyIf(`{` + withoutMFA + `,"StringNotLike":{"aws:username":"ci-*"}}`),
		"partial", "such users are exempt"},
	{"roles by id", denyIf(`{` + withoutMFA + `,"StringNotLike":{"aws:userId":["AROAEXAMPLEID:*","111122223333"]}}`),
		"full", "a user's id begins with AIDA"},
	{"a user by id", denyIf(`{` + withoutMFA + `,"StringNotEquals":{"aws:userid":"AIDAEXAMPLEID"}}`),
		"partial", "that user is exempt"},
	{"but for a role", denyIf(`{` + withoutMFA + `,"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/OrganizationAccountAccessRole"}}`),
		"full", "users without MFA cannot assume it"},
	{"but for roles and sessions", denyIf(`{` + withoutMFA + `,"StringNotLike":{"aws:PrincipalArn":["arn:*:iam::*:role/*","arn:aws:sts::*:assumed-role/*","*:role/x"]}}`),
		"full", "no pattern matches a user"},
	{"but for root", denyIf(`{` + withoutMFA + `,"StringNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:root"}}`),
		"full", "root is not a user"},
	{"but for a break-glass user", denyIf(`{` + withoutMFA + `,"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/break-glass*"}}`),
		"partial", "such users are exempt"},
	{"but for a role and a user", denyIf(`{` + withoutMFA + `,"ArnNotEquals":{"aws:PrincipalArn":["arn:aws:iam::*:role/x","arn:aws:iam::111122223333:user/x"]}}`),
		"partial", "one of the values is a user's"},
	{"but for everyone", denyIf(`{` + withoutMFA + `,"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:*"}}`),
		"none", "every user is exempt"},
	{"but for what ends in admin", denyIf(`{` + withoutMFA + `,"StringNotLike":{"aws:PrincipalArn":"*admin"}}`),
		"partial", "names of users may end so"},
	{"but for a role named by a tag", denyIf(`{` + withoutMFA + `,"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/${aws:PrincipalTag/team}"}}`),
		"partial", "where the variable has no value the statement may be void"},
	{"wildcard that is none", denyIf(`{` + withoutMFA + `,"StringNotEquals":{"aws:PrincipalArn":"arn:aws:iam::*:user/*"}}`),
		"full", "StringEquals knows no wildcards: nobody is left out"},
	{"only for nobody", denyIf(`{` + withoutMFA + `,"StringEquals":{"aws:PrincipalArn":"arn:aws:iam::*:user/*"}}`),
		"none", "no user has that name"},
	{"only for all users", denyIf(`{` + withoutMFA + `,"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/*"}}`),
		"full", "all users"},
	{"only for all users, China", denyIf(`{` + withoutMFA + `,"ArnLike":{"aws:PrincipalArn":"arn:aws-cn:iam::*:user/*"}}`),
		"full", "a policy is written for its own partition"},
	{"only for all users, short", denyIf(`{` + withoutMFA + `,"ArnLike":{"aws:PrincipalArn":"*"}}`),
		"partial", "an ARN operator compares six components, the pattern has one"},
	{"only for all of IAM, short", denyIf(`{` + withoutMFA + `,"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*"}}`),
		"partial", "the same, with five"},
	{"only for all of IAM, short string", denyIf(`{` + withoutMFA + `,"StringLike":{"aws:PrincipalArn":"arn:aws:iam::*"}}`),
		"full", "a string operator does not count components"},
	{"only for accounts of twelve digits", denyIf(`{` + withoutMFA + `,"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::????????????:user/*"}}`),
		"partial", "all have twelve digits, which is not checked"},
	{"only for the users of an account", denyIf(`{` + withoutMFA + `,"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:user/*"}}`),
		"partial", "the document does not say which account it is attached to"},
	{"only for a path", denyIf(`{` + withoutMFA + `,"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/people/*"}}`),
		"partial", "other users are exempt"},
	{"only for roles", denyIf(`{` + withoutMFA + `,"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/*"}}`),
		"none", "it matches no user"},
}

// Actions and resources of a Deny.
var scopes = []document{
	{"star colon star", denyWhat(`"Action":"*:*","Resource":"*"`), "full", "every service, every action"},
	{"two stars", denyWhat(`"Action":["**"],"Resource":["*"]`), "full", "two wildcards match what one does"},
	{"a service and a star", denyWhat(`"Action":["iam:*","*"],"Resource":"*"`), "full", "one of the values is everything"},
	{"a service", denyWhat(`"Action":"iam:*","Resource":"*"`), "partial", "other services stay open"},
	{"a wildcard in the middle", denyWhat(`"Action":"*:*Delete*","Resource":"*"`), "partial", "only what deletes"},
	{"no action", denyWhat(`"Action":[],"Resource":"*"`), "none", "an empty list has no effect"},
	{"no NotAction", denyWhat(`"NotAction":[],"Resource":"*"`), "none", "the same"},
	{"nothing but everything", denyWhat(`"NotAction":"*","Resource":"*"`), "none", "everything is left out"},
	{"nothing but everything, with colon", denyWhat(`"NotAction":["iam:GetUser","*:*"],"Resource":"*"`), "none", "everything is left out"},
	{"self-service by wildcard, any case", denyWhat(`"NotAction":["IAM:*mfaDevice*","iam:*MFA*","iam:changepassword","STS:GetCallerIdentity"],"Resource":"*"`),
		"full", "all of these serve to enrol; actions are not case-sensitive"},
	{"reading IAM", denyWhat(`"NotAction":["iam:List*","iam:Get*","sts:GetSessionToken"],"Resource":"*"`),
		"partial", "shows every policy of the account without MFA"},
	{"assuming roles", denyWhat(`"NotAction":["iam:*MFADevice*","sts:AssumeRole"],"Resource":"*"`),
		"partial", "a role is a way out"},
	{"creating keys", denyWhat(`"NotAction":["iam:EnableMFADevice","iam:CreateAccessKey"],"Resource":"*"`),
		"partial", "so are credentials"},
	{"self-service itself", denyWhat(`"Action":["iam:DeactivateMFADevice","iam:DeleteVirtualMFADevice"],"Resource":"*"`),
		"partial", "protects the devices that are there"},
	{"some resources", denyWhat(`"Action":"*","Resource":["arn:aws:s3:::vault","arn:aws:s3:::vault/*"]`), "partial", "others stay open"},
	{"all of a service", denyWhat(`"Action":"*","Resource":"arn:aws:s3:::*"`), "partial", "others stay open"},
	{"two stars for a resource", denyWhat(`"Action":"*","Resource":"**"`), "full", "two wildcards match what one does"},
	{"all but a resource", denyWhat(`"Action":"*","NotResource":"arn:aws:s3:::public/*"`), "partial", "that one stays open"},
	{"all but every resource", denyWhat(`"Action":"*","NotResource":"*"`), "none", "every resource is left out"},
	{"no resource", denyWhat(`"Action":"*","Resource":[]`), "none", "an empty list has no effect"},
	{"Bool and some actions", statement(`{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"false"}}}`),
		"partial", "some actions, for the console"},
	{"two halves", statement(`[{"Effect":"Deny","Action":"iam:*","Resource":"*","Condition":{` + withoutMFA + `}},
	   {"Effect":"Deny","NotAction":"iam:*","Resource":"*","Condition":{` + withoutMFA + `}}]`),
		"partial partial", "each is judged alone"},
	{"no statement", statement(`[]`), "", "nothing to judge"},
	{"URL-encoded", `%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Deny%22%2C%22Action%22%3A%22%2A%22%2C` +
		`%22Resource%22%3A%22%2A%22%2C%22Condition%22%3A%7B%22BoolIfExists%22%3A%7B%22aws%3AMultiFactorAuthPresent%22%3A%20%22false%22%7D%7D%7D%5D%7D`,
		"full", "as IAM's API returns it"},
	{"URL-encoded, with space around", "\n%20%7B%22Statement%22%3A%5B%5D%7D%0A", "", "nothing to judge"},
}

// Allows, possible with conditions since September 2025.
var allows = []document{
	{"Bool true", allowIf(`{"Bool":{"aws:MultiFactorAuthPresent":"true"}}`),
		"full", "AWS: allows only requests authenticated with MFA"},
	{"BoolIfExists true", allowIf(`{"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"}}`),
		"console_only+", "AWS: allows those that cannot be, too, which are access keys"},
	{"Bool false", allowIf(`{"Bool":{"aws:MultiFactorAuthPresent":"false"}}`),
		"none+", "the wrong way round"},
	{"Null false", allowIf(`{"Null":{"aws:MultiFactorAuthPresent":"false"}}`),
		"partial+", "AWS: allows all temporary credentials, denies long-term ones"},
	{"Null age false", allowIf(`{"Null":{"aws:MultiFactorAuthAge":"false"}}`),
		"full", "the age is there only if MFA was used"},
	{"within the hour", allowIf(`{"NumericLessThan":{"aws:MultiFactorAuthAge":"3600"}}`),
		"full", "an absent age does not match"},
	{"within the hour, IfExists", allowIf(`{"NumericLessThanIfExists":{"aws:MultiFactorAuthAge":"3600"}}`),
		"none+", "an absent age matches: without MFA all is allowed"},
	{"after an hour", allowIf(`{"NumericGreaterThan":{"aws:MultiFactorAuthAge":"3600"}}`),
		"none", "lets in neither who has no MFA nor who has just used it"},
	{"StringEquals", allowIf(`{"StringEquals":{"aws:MultiFactorAuthPresent":"true"}}`),
		"partial+", "a string operator is not documented for the key"},
	{"MFA in one region", allowIf(`{"Bool":{"aws:MultiFactorAuthPresent":"true"},"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}`),
		"full", "to allow less is no way around MFA"},
	{"MFA for sessions, one region", allowIf(`{"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"},"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}`),
		"console_only+", "access keys pass without MFA, if only there"},
	{"no value", allowIf(`{"Bool":{"aws:MultiFactorAuthPresent":[]}}`),
		"none+", "AWS says two things about an empty list; it may open everything"},
	{"all but self-service", statement(`{"Effect":"Allow","NotAction":["iam:*MFADevice*","sts:GetSessionToken"],"Resource":"*"}`),
		"none+", "no MFA needed for the rest"},
	{"in one region", allowIf(`{"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}`),
		"none+", "no MFA needed there"},
	{"a service, with MFA", statement(`{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::vault","Condition":{"Bool":{"aws:MultiFactorAuthPresent":true}}}`),
		"full", "to allow less is no way around MFA"},
	{"a service", statement(`{"Effect":"Allow","Action":"s3:*","Resource":"*"}`),
		"none+", "no MFA needed for it"},
	{"all but a service", statement(`{"Effect":"Allow","NotAction":"s3:*","NotResource":"arn:aws:s3:::b"}`),
		"none+", "no MFA needed for the rest"},
	{"self-service", statement(`{"Effect":"Allow","Action":["iam:*MFADevice*","iam:ChangePassword","sts:GetSessionToken"],"Resource":"*"}`),
		"none", "asks for nothing, and opens nothing that matters"},
	{"all but everything", statement(`{"Effect":"Allow","NotAction":"*","Resource":"*"}`),
		"none", "opens nothing"},
	{"for roles", allowIf(`{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/*"}}`),
		"none", "opens nothing to users"},
	{"for some users", allowIf(`{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/ci-*"}}`),
		"none+", "those need no MFA"},
	{"with MFA, and self-service", statement(`[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}},
	   {"Effect":"Allow","Action":["iam:EnableMFADevice","iam:CreateVirtualMFADevice"],"Resource":"*"}]`),
		"full none", "how such a level must look, or nobody could enrol"},
}

func documents() (all []document) {
	for _, group := range [][]document{published, conditions, narrowings, scopes, allows} {
		all = append(all, group...)
	}
	return all
}
