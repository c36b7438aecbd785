package django

import (
	"slices"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// A Destination is where a container of rows goes, as far as one function tells.
type Destination uint8

// The destinations. Those behind Kept have a better way of their own.
const (
	// Kept containers are returned, handed on, indexed or changed: they are needed as they are.
	Kept Destination = iota
	// Tested containers are asked whether they hold anything, and nothing else.
	Tested
	// Measured containers are counted and nothing else.
	Measured
	// Walked containers are walked through once, and perhaps counted.
	Walked
	// Chunked containers are cut into pieces, which people do to what is long.
	Chunked
	// Searched containers are asked whether they hold something, once.
	Searched
	// LookedUp containers are the value of an __in look-up.
	LookedUp
	// Paginated containers are handed to a Paginator.
	Paginated
	// Serialized containers become JSON, XML or a response.
	Serialized
	// Framed containers become a pandas DataFrame.
	Framed
)

// DestinationOf says where the value of an expression goes, directly or through the one variable that holds it, and
// whether the variable is counted on the way.
func (f *File) DestinationOf(expr python.Expr) (found Destination, counted bool) {
	assign, ok := f.Parent(expr).(*python.Assign)
	if !ok || len(assign.Targets) != 1 {
		return f.destinationAt(expr), false
	}
	name, ok := assign.Targets[0].(*python.Name)
	if !ok {
		return Kept, false
	}
	binding := f.Binding(name)
	if binding == nil || binding.Scope.Kind != names.FunctionScope {
		return Kept, false
	}
	tested, rest := false, false
	for _, use := range binding.Uses {
		if !slices.ContainsFunc(f.Reaching(use), func(def names.Definition) bool { return def.Node == python.Node(assign) }) {
			continue
		}
		switch destination := f.destinationAt(use); {
		case destination == Measured:
			counted = true
		case destination == Tested:
			tested = true
		case destination == Kept && f.isSliced(use):
			rest = true // What is left when the pieces are cut, where any are.
		case destination == Kept, found != Kept && (found != Chunked || destination != Chunked):
			return Kept, false
		case destination != Chunked && f.metAgain(use, func(loop python.Node) bool { return !loop.Range().Contains(assign.Range()) }):
			return Kept, false
		default:
			found = destination
		}
	}
	switch {
	case rest && found != Chunked:
		return Kept, false
	case found == Kept && counted:
		found = Measured
	case found == Kept && tested:
		found = Tested
	}
	return found, counted
}

// destinationAt says what the node around an expression does with it.
func (f *File) destinationAt(expr python.Expr) Destination {
	switch parent := f.Parent(expr).(type) {
	case *python.For:
		if parent.Iter == expr {
			return Walked
		}
	case *python.Comprehension:
		if parent.Iter == expr {
			return Walked
		}
	case *python.If, *python.While, *python.UnaryOp, *python.BoolOp:
		return Tested
	case *python.Subscript:
		if slice, ok := parent.Slice.(*python.Slice); ok && parent.Value == expr && cutsPiece(slice) {
			return Chunked
		}
	case *python.Compare:
		if last := len(parent.Ops) - 1; parent.Comparators[last] == expr && (parent.Ops[last] == python.In || parent.Ops[last] == python.NotIn) {
			return Searched
		}
	case *python.Keyword:
		return f.destinationOfKeyword(parent)
	case *python.Dict:
		// JsonResponse({"orders": list(orders)}).
		if f.destinationAt(parent) == Serialized {
			return Serialized
		}
	case *python.Call:
		if parent.Func != expr {
			return f.destinationOfCall(parent)
		}
	}
	return Kept
}

func (f *File) isSliced(expr python.Expr) bool {
	parent, ok := f.Parent(expr).(*python.Subscript)
	if !ok || parent.Value != expr {
		return false
	}
	_, ok = parent.Slice.(*python.Slice)
	return ok
}

// cutsPiece reports whether a slice is one that a QuerySet can do too, and has an end.
func cutsPiece(slice *python.Slice) bool {
	if slice.Upper == nil || slice.Step != nil {
		return false
	}
	for _, bound := range []python.Expr{slice.Lower, slice.Upper} {
		if sign, ok := bound.(*python.UnaryOp); ok && sign.Op == python.USub {
			return false
		}
	}
	return true
}

func (f *File) destinationOfKeyword(keyword *python.Keyword) Destination {
	call, ok := f.Parent(keyword).(*python.Call)
	if !ok {
		return Kept
	}
	if lookupOf(keyword.Name) == "in" {
		switch python.LastName(call.Func) {
		case "filter", "exclude", "Q", "get", "When", "complex_filter":
			return LookedUp
		}
	}
	switch keyword.Name {
	case "object_list", "data", "queryset", "obj":
		return f.destinationOfCall(call)
	}
	return Kept
}

// destinations are calls that take rows, by their qualified names.
var destinations = map[string]Destination{
	"builtins.len": Measured, "builtins.bool": Tested, "builtins.any": Walked, "builtins.sum": Walked,
	"builtins.enumerate": Walked, "builtins.reversed": Walked, "tqdm.tqdm": Walked,
	"builtins.iter": Chunked, "itertools.batched": Chunked, "more_itertools.chunked": Chunked,
	"django.core.paginator.Paginator":           Paginated,
	"django.http.JsonResponse":                  Serialized,
	"django.http.response.JsonResponse":         Serialized,
	"json.dumps":                                Serialized,
	"json.dump":                                 Serialized,
	"rest_framework.response.Response":          Serialized,
	"django.core.serializers.serialize":         Serialized,
	"django.core.serializers.python.Serializer": Serialized,
	"pandas.DataFrame":                          Framed,
	"pandas.DataFrame.from_records":             Framed,
	"pandas.DataFrame.from_dict":                Framed,
}

// chunkers are the names that projects give to functions which cut a list into pieces.
var chunkers = map[string]bool{
	"chunks": true, "chunked": true, "chunk": true, "batched": true, "batch": true, "batches": true, "grouper": true,
	"get_chunks": true, "chunk_list": true, "split_list": true, "split_into_chunks": true, "chunker": true, "in_chunks": true,
}

func (f *File) destinationOfCall(call *python.Call) Destination {
	if destination, ok := destinations[f.Qualified(call.Func)]; ok {
		return destination
	}
	if chunkers[python.LastName(call.Func)] {
		return Chunked
	}
	return Kept
}
