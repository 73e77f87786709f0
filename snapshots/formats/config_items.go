package formats

import (
	"cmp"
	"encoding/json"
	"iamcensus/snapshots"
	"regexp"
)

// configItems are items of AWS Config that somebody asked for, or was told of:
// they need not be all that there is. Each source names the fields in its own
// way, mostly in another case.
// https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationItem.html
// https://docs.aws.amazon.com/config/latest/developerguide/example-sns-notification.html
var configItems = Format{
	Name: "config-items",
	Title: "AWS Config items, JSON as aws configservice select-resource-config and get-resource-config-history print them, " +
		"or as a notification has one",
	Match: func(head []byte) bool {
		return hasConfigItem(head) || hasKey("Results")(head) && configResults.Match(head)
	},
	Read: readConfigItems,
}

var hasConfigItem = hasKey("configurationItems", "configurationItem", "configurationItemDiff", "configurationItemSummary")

// configResults tells select-resource-config by its results, which are JSON in
// strings.
var configResults = regexp.MustCompile(`"Results"\s*:\s*\[\s*(?:"\{|\])`)

// configItem is a resource at one time.
type configItem struct {
	AWSAccountID string // in delivered files
	AccountID    string // in answers
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
	if r.read(map[string]field{
		"configurationItems":       list(r.answer, r.item),
		"configurationItem":        one(r.answer, r.item),
		"configurationItemSummary": one(r.answer, r.item), // where the item is too large for a notification
		"Results":                  list(r.answer, r.result),
	}) {
		r.handOver()
	}
}

// result is an item in a string, with the fields that were selected.
func (r *configReader) result(text jsonText) (wrong string) {
	var item configItem
	err := json.Unmarshal([]byte(text), &item)
	if isSyntax(err) {
		return "is no JSON in a string"
	}
	if wrong := misfit(err); wrong != "" {
		return wrong
	}
	return r.item(item)
}

func (r *configReader) item(item configItem) (wrong string) {
	user := r.user(&item)
	id := cmp.Or(item.ResourceID, item.ResourceName, item.ARN)
	switch {
	case item.ResourceType == "":
		return "has no resourceType: select accountId, resourceType, resourceId, resourceName, arn and configuration"
	case id == "":
		return "has neither resourceId nor resourceName"
	}
	account := r.inventoryOf(r.accountOf(item))
	account.rows++
	account.inRegion(item.AWSRegion)
	account.sight(snapshots.Entity{Kind: configKind(item.ResourceType), ID: id, N: 1}, sighting{
		at:   r.time("configurationItemCaptureTime", item.ConfigurationItemCaptureTime),
		gone: isDeleted(item.ConfigurationItemStatus),
		user: user,
	})
	return ""
}

const configUser = "AWS::IAM::User"

// user gives the IAM user that an item is, nil if it is none. What was not
// selected, the configuration may say; a user's is known by its fields.
func (r *configReader) user(item *configItem) *snapshots.DescribedUser {
	if item.ResourceType != configUser && item.ResourceType != "" {
		return nil
	}
	var user struct {
		UserName, UserID, ARN string
		CreateDate            jsonTime
	}
	_ = json.Unmarshal([]byte(item.Configuration), &user) // null for a deleted one; what does not fit stays empty
	if item.ResourceType == "" && (user.UserName == "" || user.UserID == "") {
		return nil
	}
	item.ResourceType = configUser
	item.ResourceID = cmp.Or(item.ResourceID, user.UserID)
	item.ARN = cmp.Or(item.ARN, user.ARN)
	name := cmp.Or(user.UserName, item.ResourceName)
	if name == "" {
		return nil
	}
	createdAt := r.time("resourceCreationTime", item.ResourceCreationTime)
	if !createdAt.Known() {
		createdAt = r.time("createDate", user.CreateDate)
	}
	return &snapshots.DescribedUser{Name: name, ARN: item.ARN, AWSUserID: item.ResourceID, CreatedAt: createdAt}
}

// accountOf gives the account of an item, "" if nobody says it. AWS's own
// example has one of eleven digits.
func (r *configReader) accountOf(item configItem) string {
	for _, id := range []string{item.AWSAccountID, item.AccountID, arnAccount(item.ARN)} {
		if snapshots.IsAccountID(id) {
			return id
		}
	}
	return r.account
}
