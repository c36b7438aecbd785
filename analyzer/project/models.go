package project

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// A model is what its class tells of where its rows come from.
type model struct {
	name  string
	bases []string
	// owned is true where a field of its own says whose a row is, recorded where one says that or when it came, or keeps what was
	// uploaded with it, and filed where one keeps that, or says whose the row is and not only who wrote it, in a table without codes.
	owned, recorded, filed bool
	// kept is true where a field of its own refers to the account whose row it is, of which there may be many for one, always where no row
	// can be without, and dated where a field notes when a row was made.
	kept, always, dated bool
	// offered is true where a field says who offers or supplies what the row describes.
	offered bool
}

// addModels takes the classes of a module whose rows use may bring.
func (r *Reader) addModels(f *names.File) {
	for _, stmt := range f.Body() {
		class, ok := stmt.(*python.ClassDef)
		if !ok {
			continue
		}
		m := model{name: strings.Clone(class.Name)}
		named, coded := false, false
		for _, member := range class.Body {
			name, value := names.Assignment(member)
			if field, ok := value.(*python.Call); ok {
				owner := namesOwner(field)
				m.owned = m.owned || owner
				m.dated = m.dated || notesCreation(field)
				m.recorded = m.recorded || m.owned || m.dated || keepsFile(field)
				m.filed = m.filed || keepsFile(field)
				named = named || owner && !writer.MatchString(name)
				coded = coded || code.MatchString(name) && isTrue(names.Keyword(field, "unique"))
				m.offered = m.offered || offerer.MatchString(name)
				keeps := owner && keeper(class, name, field)
				m.kept = m.kept || keeps
				m.always = m.always || keeps && !isTrue(names.Keyword(field, "null"))
				r.addFileField(f, field)
			}
		}
		m.filed = m.filed || named && !coded
		for _, base := range class.Bases {
			if name := python.LastName(base); name != "Model" && name != "" {
				m.bases = append(m.bases, strings.Clone(name))
			}
		}
		r.models = append(r.models, m)
	}
}

// namesOwner reports whether a field is for the account that a row belongs to.
func namesOwner(field *python.Call) bool {
	switch python.LastName(field.Func) {
	case "ForeignKey", "OneToOneField", "ParentalKey":
		return isUser(referred(field))
	}
	return false
}

// offerer matches the names of fields for one of many who offer something: what a site's owner offers alone, few people write.
var offerer = pattern.New(`^(owner|seller|vendor|merchant|supplier|distributor)$`)

// writer matches the names of fields for the accounts that wrote a row: those of staff, where staff alone writes them.
var writer = pattern.New(`^((created|added|entered|updated|modified|changed|edited|approved|reviewed)_by|creator|editor)(_user)?$|^last_\w+_by$`)

// keeper reports whether a field of a class is for the account that has a row, as one of many. A base that every model of a project may
// have notes who wrote a row, whoever that may be.
func keeper(class *python.ClassDef, name string, field *python.Call) bool {
	switch {
	case python.LastName(field.Func) == "OneToOneField", answerable.MatchString(name):
		return false
	case strings.HasSuffix(name, "_by"):
		return makes.MatchString(name) && !isAbstract(class)
	}
	return !writer.MatchString(name) || !isAbstract(class)
}

// makes matches the names of fields for the accounts that brought rows about; others did something with what was there.
var makes = pattern.New(`(^|_)(created|added|entered|submitted|uploaded|requested|started|launched|triggered|posted|sent|owned|reported|placed|booked|ordered|invited)_by$`)

// isAbstract reports whether a model has no table of its own.
func isAbstract(class *python.ClassDef) bool {
	return slices.ContainsFunc(class.Body, func(stmt python.Stmt) bool {
		meta, ok := stmt.(*python.ClassDef)
		return ok && meta.Name == "Meta" && slices.ContainsFunc(meta.Body, func(option python.Stmt) bool {
			name, value := names.Assignment(option)
			constant, ok := value.(*python.Constant)
			return name == "abstract" && ok && constant.Kind == python.True
		})
	})
}

// answerable matches the names of fields for the accounts of staff who answer for what a row describes.
var answerable = pattern.New(`(^|_)(admin|administrator|contact|curator|maintainer|manager|moderator|reviewer|(asset|physical|information|data)_owner)(_|$)`)

// code matches the names of fields for what an office calls the things in a register of which each has somebody to answer for it.
var code = pattern.New(`^(\w+_)?(code|reference|tag|(inventory|serial|asset)_(number|no|id))$`)

// keepsFile reports whether a field is for what is uploaded with a row.
func keepsFile(field *python.Call) bool {
	kind := python.LastName(field.Func)
	return strings.HasSuffix(kind, "FileField") || strings.HasSuffix(kind, "ImageField")
}

// notesCreation reports whether a field is for the time at which a row is made.
func notesCreation(field *python.Call) bool {
	switch python.LastName(field.Func) {
	case "DateTimeField", "DateField":
		return isTrue(names.Keyword(field, "auto_now_add")) || isNow(names.Keyword(field, "default"))
	case "CreationDateTimeField", "AutoCreatedField":
		return true
	default:
		return false
	}
}

// referred returns the model that a field refers to, or nil.
func referred(field *python.Call) python.Expr {
	if len(field.Args) > 0 {
		return field.Args[0]
	}
	if to := names.Keyword(field, "to"); to != nil {
		return to.Value
	}
	return nil
}

// isUser reports whether a field refers to the accounts: User, settings.AUTH_USER_MODEL, get_user_model(), "auth.User".
func isUser(to python.Expr) bool {
	if call, ok := to.(*python.Call); ok {
		return python.LastName(call.Func) == "get_user_model"
	}
	name := ModelName(to)
	return name == "AUTH_USER_MODEL" || strings.HasSuffix(name, "User")
}

func isTrue(keyword *python.Keyword) bool {
	if keyword == nil {
		return false
	}
	constant, ok := keyword.Value.(*python.Constant)
	return ok && constant.Kind == python.True
}

// isNow reports whether a default is the time at which a row is made: timezone.now, datetime.now.
func isNow(keyword *python.Keyword) bool {
	return keyword != nil && python.LastName(keyword.Value) == "now"
}

// accounts are the classes of Django of which an account is one, stamped those of libraries that many projects use, which note
// when a row is made.
var (
	accounts = []string{"AbstractUser", "AbstractBaseUser"}
	stamped  = []string{"TimeStampedModel", "TimeStampedUUIDModel"}
)

// A claim is whether something says so by itself, and the names of those that may say so for it.
type claim struct {
	name string
	made bool
	from []string
}

// ordering are the classes of libraries whose rows stand in an order that people give them one by one, or for each of which the database
// has a schema: there cannot be many.
var ordering = []string{"OrderedModel", "OrderedModelBase", "Orderable", "SortableMixin", "SortableModel", "TenantMixin"}

// claims returns what models say by their own fields; their bases may say it for them, but for nothing that is ordered by hand.
func claims(models []model, says func(m model) bool) []claim {
	list := make([]claim, len(models))
	for i, m := range models {
		if list[i].name = m.name; !slices.ContainsFunc(m.bases, func(base string) bool { return slices.Contains(ordering, base) }) {
			list[i] = claim{m.name, says(m), m.bases}
		}
	}
	return list
}

// register matches the names of models whose rows are what people upload or own, or what an office types into a register, with the time
// and its clerk.
var register = pattern.New(`^(Document|Asset|Record)s?$`)

// recorded returns the names of the models whose fields say that use brings their rows.
func recorded(models []model) []string {
	filed := saying(claims(models, func(m model) bool { return m.filed }), accounts)
	return slices.DeleteFunc(saying(claims(models, func(m model) bool { return m.recorded }), slices.Concat(accounts, stamped)), func(name string) bool {
		return register.MatchString(name) && !slices.Contains(filed, name)
	})
}

// arranged matches the names of models whose rows an organiser arranges one by one, whoever noted them.
var arranged = pattern.New(`(Course|Edition|Page|Room|Sponsor)$`)

// kept returns the names of the models of whose rows each is one of many that somebody has. Where a row may be without an account, and
// nothing notes when it came, those who have one may be the few of a register: of the loops over such tables that people read 13 of 25
// were worth a remark, of those over the others 95 of 115, and nine of the rest were over what is arranged.
func kept(models []model) []string {
	saying := func(says func(m model) bool, known ...string) []string { return saying(claims(models, says), known) }
	always := saying(func(m model) bool { return m.always })
	dated := saying(func(m model) bool { return m.dated }, stamped...)
	return slices.DeleteFunc(saying(func(m model) bool { return m.kept }), func(name string) bool {
		return arranged.MatchString(name) || !slices.Contains(always, name) && !slices.Contains(dated, name)
	})
}

// saying returns the names of those that say something by themselves or by others, sorted; known are names of others that say it. A
// name that several have counts if each of them says so.
func saying(claims []claim, known []string) []string {
	// Each round goes one step further; no project's chains are longer.
	const rounds = 10
	all := make([]bool, len(claims))
	says := make(map[string]bool)
	for _, name := range known {
		says[name] = true
	}
	for range rounds {
		for i, c := range claims {
			all[i] = all[i] || c.made || slices.ContainsFunc(c.from, func(name string) bool { return says[name] })
			says[c.name] = says[c.name] || all[i]
		}
	}
	others := make(map[string]bool)
	for i, c := range claims {
		others[c.name] = others[c.name] || !all[i]
	}
	var list []string
	for name, other := range others {
		if !other {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}
