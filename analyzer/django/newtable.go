package django

import (
	"path"
	"strings"

	"github.com/djleak/djleak/analyzer/python"
)

// A Table is that of a model, by the names that a migration looks it up with.
type Table struct{ App, Model string }

// MigratedTable returns the table that a migration asks for the rows of a QuerySet: apps.get_model("shop", "Order"). It is empty
// where the code is none of a migration, or says it otherwise.
func (f *File) MigratedTable(q *QuerySet) Table {
	access, ok := q.Root.(*python.Attribute)
	if !ok || !f.isMigration() {
		return Table{}
	}
	return f.lookedUp(access.Value)
}

// lookedUp returns the table of the model that get_model() returns.
func (f *File) lookedUp(model python.Expr) Table {
	call, ok := f.Deref(model).(*python.Call)
	if !ok || python.LastName(call.Func) != "get_model" {
		return Table{}
	}
	app, name, both := strings.Cut(textOf(Argument(call, "app_label", 0)), ".")
	if !both {
		name = textOf(Argument(call, "model_name", 1))
	}
	return Table{App: app, Model: name}
}

// isNewTable reports whether the migration at hand makes the very table that a QuerySet asks, and puts nothing into it: there are no
// rows when it runs. What only the state is told of may have a table that is old.
func (f *File) isNewTable(q *QuerySet) bool {
	if !f.isMigration() {
		return false
	}
	model := f.ModelName(q)
	access, ok := q.Root.(*python.Attribute)
	if model == "" || !ok || !f.isOwnModel(access.Value) {
		return false
	}
	creates := false
	for _, call := range f.Calls {
		switch python.LastName(call.Func) {
		case "CreateModel":
			creates = creates || strings.EqualFold(textOf(Argument(call, "name", 0)), model)
		case "SeparateDatabaseAndState", "RunSQL", "RenameModel", "AlterModelTable":
			return false
		case "create", "bulk_create", "get_or_create", "update_or_create":
			if strings.HasPrefix(f.Text(call.Func), model+".") {
				return false
			}
		case model:
			return false
		}
	}
	return creates
}

// isOwnModel reports whether an expression is a model that the migration looks up in its own app: apps.get_model("shop", "Order") in
// shop/migrations.
func (f *File) isOwnModel(model python.Expr) bool {
	app := f.lookedUp(model).App
	return app != "" && app == path.Base(path.Dir(path.Dir(f.Path)))
}

// textOf returns what a string literal says, or nothing.
func textOf(expr python.Expr) string {
	constant, ok := expr.(*python.Constant)
	if !ok {
		return ""
	}
	text, _ := constant.Str()
	return text
}
