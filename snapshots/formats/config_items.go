package formats

import (
	"cmp"
	"encoding/json"
	"iamcensus/snapshots"
	"regexp"
)

// configItems are configuration items of AWS Config from a query, a history or a
// notification, not necessarily all of an account. The sources differ in the names of
// the fields, mostly in upper and lower case.
// https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationItem.html
// https://docs.aws.amazon.com/config/latest/developerguide/example-sns-notification.html
var configItems = Format{
	Name: "config-items",
	Title: "AWS Config items, the JSON of aws configservice select-resource-config and get-resource-config-history, " +
		"or of a notification",
	Match: func(head []byte) bool {
		return hasConfigItem(head) || hasKey("Results")(head) && configResults.Match(head)
	},
	Read: readConfigItems,
}

var hasConfigItem = hasKey("configurationItems", "configurationItem", "configurationItemDiff", "configurationItemSummary")

// configResults recognizes the output of select-resource-config: its results are
// JSON in strings.
var configResults = regexp.MustCompile(`"Results"\s*:\s*\[\s*(?:"\{|\])`)

// configItem is the state of a resource at one time.
type configItem struct {
	AWSAccountID string // in files delivered to S3
	AccountID    string // in responses
	AWSRegion    string // global for IAM
	ARN          string
	ResourceType string
	ResourceID   string
	ResourceName string

	ConfigurationItemStatus      string
	ConfigurationItemCaptureTime jsonTime
	ResourceCreationTime         jsonTime
	Configuration                jsonText
}

func readConfigItems(in Input, out Sink) {
	r := newConfigReader(in, out, "aws configservice select-resource-config or get-resource-config-history")
	if r.read(map[string]fieldReader{
		"configurationItems":       list(r.response, r.item),
		"configurationItem":        object(r.response, r.item),
		"configurationItemSummary": object(r.response, r.item), // in a notification of an item that is too large for it
		"Results":                  list(r.response, r.result),
	}) {
		r.emitDocuments()
	}
}

// result reads an item in a string, with the fields that the query selected.
func (r *configReader) result(text jsonText) (problem string) {
	var item configItem
	err := json.Unmarshal([]byte(text), &item)
	if isSyntaxError(err) {
		return "is not JSON in a string"
	}
	if problem := typeMismatch(err); problem != "" {
		return problem
	}
	return r.item(item)
}

func (r *configReader) item(item configItem) (problem string) {
	user := r.user(&item)
	id := cmp.Or(item.ResourceID, item.ResourceName, item.ARN)
	switch {
	case item.ResourceType == "":
		return "has no resourceType; select accountId, resourceType, resourceId, resourceName, arn and configuration"
	case id == "":
		return "has neither resourceId nor resourceName"
	case !resourceType.MatchString(item.ResourceType):
		return "has an invalid resourceType"
	case !isResourceID(id):
		return "has an invalid resourceId"
	}
	account := r.inventoryOf(r.accountOf(item))
	if account == nil {
		r.beyond.add(0, 1)
		return ""
	}
	account.rows++
	account.inRegion(r.regionOf(item))
	r.add(account, resource{
		Entity:  snapshots.Entity{Kind: configKind(item.ResourceType), ID: id, N: 1},
		at:      r.time("configurationItemCaptureTime", item.ConfigurationItemCaptureTime),
		deleted: isDeleted(item.ConfigurationItemStatus),
		user:    user,
	})
	return ""
}

const configUser = "AWS::IAM::User"

// user gives the IAM user of an item, nil for other resources. Fields that a query did
// not select are taken from the configuration, which is recognized by its own fields.
func (r *configReader) user(item *configItem) *snapshots.DescribedUser {
	if item.ResourceType != configUser && item.ResourceType != "" {
		return nil
	}
	var user struct {
		UserName, UserID, ARN string
		CreateDate            jsonTime
	}
	_ = json.Unmarshal([]byte(item.Configuration), &user) // null for a deleted user; fields of other types stay empty
	if item.ResourceType == "" && (user.UserName == "" || user.UserID == "") {
		return nil
	}
	item.ResourceType = configUser
	item.ResourceID = cmp.Or(item.ResourceID, user.UserID)
	item.ARN = cmp.Or(item.ARN, user.ARN)
	name := r.text("userName", cmp.Or(user.UserName, item.ResourceName), maxName)
	if name == "" {
		return nil
	}
	createdAt := r.time("resourceCreationTime", item.ResourceCreationTime)
	if !createdAt.Known() {
		createdAt = r.time("createDate", user.CreateDate)
	}
	return &snapshots.DescribedUser{Name: name, ARN: r.arn(item.ARN), AWSUserID: item.ResourceID, CreatedAt: createdAt}
}

// regionOf gives the Region of an item, "" if unknown.
func (r *configReader) regionOf(item configItem) string {
	if item.AWSRegion == "" || regionName.MatchString(item.AWSRegion) {
		return item.AWSRegion
	}
	r.badText("bad_text", "an invalid awsRegion", "awsRegion")
	return ""
}

// accountOf gives the account of an item, "" if unknown. The id in AWS's example has
// only eleven digits.
func (r *configReader) accountOf(item configItem) string {
	for _, id := range []string{item.AWSAccountID, item.AccountID, arnAccount(item.ARN)} {
		if snapshots.IsAccountID(id) {
			return id
		}
	}
	return r.account
}
