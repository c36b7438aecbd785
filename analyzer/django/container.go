package django

import (
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

var (
	// containers matches names of objects that are nothing but what they are made of, of which there is much: an import, a data set.
	containers = pattern.New(`(?i)(import|dataset|xform)$|(^|_)(file|batch|archive|corpus|dump|feed)$`)
	// communities matches names of objects to which use brings much: a survey, a tenant.
	communities = pattern.New(`(?i)(^|_)(survey|questionnaire|poll|election|tenant|org(ani[sz]ation)?|website|hub|server|world|instance|source|program|course|event|campaign|phase|study|agenda|service|repo(sitory)?)s?$`)
	// handfuls matches kinds of rows of which even those have few, and those that tell who belongs to them.
	handfuls = pattern.New(`(?i)(chunk|part|field|column|header|version|question|option|tag|setting|config|member|membership|registration|coupon|voucher|asset|profile|[a-z_]user)s?$`)
)

// FillsContainer reports whether the rows of a QuerySet are all those of one object that by its name has many: whatever an import or a data
// set is made of, and what use brings to a survey, a tenant, a website.
func (f *File) FillsContainer(q *QuerySet) bool {
	if f.narrowings(q) != 1 || f.NamesRow(q) || q.HandOrdered() {
		return false
	}
	kind, owner := f.ModelName(q), ""
	if access, ok := q.Root.(*python.Attribute); ok && q.Related {
		kind, owner = strings.TrimSuffix(access.Attr, "_set"), python.LastName(access.Value)
	}
	for keyword := range f.asked(q) {
		if !q.Related && !f.isOpen(keyword) {
			owner = ownerIn(keyword.Name)
		}
	}
	return !handfuls.MatchString(kind) && (containers.MatchString(owner) || communities.MatchString(owner) && scaleOf(kind) == Collected)
}

// ownerIn returns the column in a look-up that says whose a row is: survey of question__survey_id.
func ownerIn(lookup string) string {
	for _, key := range []string{"__exact", "__pk", "__id", "_id"} {
		lookup = strings.TrimSuffix(lookup, key)
	}
	return lookupOf(lookup)
}
