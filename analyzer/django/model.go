package django

import (
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// ModelName returns the name of the model behind a QuerySet as its class has it: Order where the code says
// OrderModel = apps.get_model("shop", "Order"), or where it stands in a method of OrderManager. It is empty where nothing tells.
func (f *File) ModelName(q *QuerySet) string {
	if access, ok := q.Root.(*python.Attribute); ok && isManager(access) {
		if name, ok := f.historicalModel(access.Value); ok {
			return name
		}
	}
	if q.Model != "" {
		if isClassName(q.Model) {
			return q.Model
		}
		// A variable that may hold any model, unless it is the class around.
		if fn := f.FunctionAt(q.Root); fn != nil && fn.Class != nil && q.Model == fn.Self() && f.ClassKind(fn.Class) == Model {
			return fn.Class.Name
		}
		return ""
	}
	fn := f.FunctionAt(q.Root)
	if fn == nil || fn.Class == nil || q.Given {
		return ""
	}
	if name, ok := q.Root.(*python.Name); ok && name.Id == fn.Self() && f.ClassKind(fn.Class) == Manager {
		return strings.TrimSuffix(fn.Class.Name, "Manager")
	}
	return ""
}

// RowModel returns the name of the model whose row an expression is that this function fetched: Order of get_object_or_404(Order, pk=1)
// and of Order.objects.get(pk=1). It is empty where nothing tells, or where several fetched it.
func (f *File) RowModel(row python.Expr) string {
	name, ok := row.(*python.Name)
	if !ok {
		return f.fetchedModel(row)
	}
	model := ""
	for _, def := range f.Reaching(name) {
		if def.Kind != names.Assigned {
			return ""
		}
		if isNone(def.Value) {
			continue
		}
		fetched := f.fetchedModel(def.Value)
		if fetched == "" || model != "" && model != fetched {
			return ""
		}
		model = fetched
	}
	return model
}

func (f *File) fetchedModel(expr python.Expr) string {
	if await, ok := expr.(*python.Await); ok {
		expr = await.Value
	}
	call, ok := expr.(*python.Call)
	if !ok || !f.findsOne(call) {
		return ""
	}
	rows, ok := call.Func.(*python.Attribute)
	switch {
	case ok && f.QuerySet(rows.Value) != nil:
		return f.ModelName(f.QuerySet(rows.Value))
	case ok && isManager(rows.Value):
		return classNamed(rows.Value.(*python.Attribute).Value) //nolint:forcetypeassert // A manager is an attribute.
	case ok || len(call.Args) == 0:
		return ""
	}
	if found := f.QuerySet(call.Args[0]); found != nil {
		return f.ModelName(found)
	}
	return classNamed(call.Args[0])
}

func classNamed(expr python.Expr) string {
	if name := python.LastName(expr); isClassName(name) {
		return name
	}
	return ""
}

// historicalModel returns the model that a call names which looks it up: apps.get_model("shop", "Order"),
// get_user_model().
func (f *File) historicalModel(expr python.Expr) (string, bool) {
	call, ok := f.Deref(expr).(*python.Call)
	if !ok {
		return "", false
	}
	switch python.LastName(call.Func) {
	case "get_user_model":
		return "User", true
	case "get_model", "get_registered_model":
	default:
		return "", false
	}
	var name python.Expr
	if len(call.Args) > 0 {
		name = call.Args[len(call.Args)-1]
	}
	if keyword := names.Keyword(call, "model_name"); keyword != nil {
		name = keyword.Value
	}
	if name == nil {
		return "", false
	}
	if strings.Contains(f.Text(name), "AUTH_USER_MODEL") {
		return "User", true
	}
	constant, ok := name.(*python.Constant)
	if !ok {
		return "", true // Any model.
	}
	text, _ := constant.Str()
	return text[strings.LastIndex(text, ".")+1:], true
}

// stem returns a model's name without what says that it is one, and in the singular.
func stem(model string) string {
	model = strings.TrimSuffix(strings.TrimSuffix(model, "_model"), "Model")
	if singular, ok := strings.CutSuffix(model, "s"); ok && !strings.HasSuffix(singular, "s") && !endsIn(configured, model) {
		return singular
	}
	return model
}
