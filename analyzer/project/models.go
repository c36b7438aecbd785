package project

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// A model is what its class tells of where its rows come from.
type model struct {
	name  string
	bases []string
	// recorded is true where a field of its own says that use brings the rows.
	recorded bool
}

// addModels takes the classes of a module whose rows use may bring.
func (r *Reader) addModels(f *names.File) {
	for _, stmt := range f.Module.Node.(*python.Module).Body {
		class, ok := stmt.(*python.ClassDef)
		if !ok {
			continue
		}
		m := model{name: strings.Clone(class.Name), recorded: slices.ContainsFunc(class.Body, recordsUse)}
		for _, base := range class.Bases {
			if name := python.LastName(base); name != "Model" && name != "" {
				m.bases = append(m.bases, strings.Clone(name))
			}
		}
		r.models = append(r.models, m)
	}
}

// recordsUse reports whether a statement of a class's body is a field of rows that use brings: of whose they are, when they
// came, or what was uploaded.
func recordsUse(stmt python.Stmt) bool {
	_, value := names.Assignment(stmt)
	call, ok := value.(*python.Call)
	if !ok {
		return false
	}
	switch field := python.LastName(call.Func); field {
	case "ForeignKey", "OneToOneField", "ParentalKey":
		return isUser(referred(call))
	case "DateTimeField", "DateField":
		return isTrue(names.Keyword(call, "auto_now_add")) || isNow(names.Keyword(call, "default"))
	case "CreationDateTimeField", "AutoCreatedField":
		return true
	default:
		return strings.HasSuffix(field, "FileField") || strings.HasSuffix(field, "ImageField")
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

// bases are the classes of Django, and of libraries that many projects use, that bring such fields.
var bases = []string{"AbstractUser", "AbstractBaseUser", "TimeStampedModel", "TimeStampedUUIDModel"}

// recorded returns the names of the models whose rows use brings, by their own fields or by those of a base. A name that several
// models have counts if it does for each.
func recorded(models []model) []string {
	// Each round goes one base further; no project's chains are longer.
	const rounds = 10
	known := make(map[string]bool)
	for _, m := range models {
		known[m.name] = known[m.name] || m.recorded
	}
	for _, base := range bases {
		known[base] = true
	}
	for range rounds {
		for i := range models {
			m := &models[i]
			m.recorded = m.recorded || slices.ContainsFunc(m.bases, func(base string) bool { return known[base] })
			known[m.name] = known[m.name] || m.recorded
		}
	}
	others := make(map[string]bool)
	for _, m := range models {
		others[m.name] = others[m.name] || !m.recorded
	}
	var list []string
	for name, other := range others {
		if !other {
			list = append(list, name)
		}
	}
	return list
}
