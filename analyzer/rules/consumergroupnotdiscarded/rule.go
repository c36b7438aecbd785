// Package consumergroupnotdiscarded reports Channels consumers that join a group and never leave it.
package consumergroupnotdiscarded

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports a consumer with group_add() and no group_discard(), or with one that is not awaited.
var Rule = &analyzer.Rule{
	Name:       "consumer-group-not-discarded",
	Doc:        doc,
	Severity:   analyzer.High,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.SafeFix,
	Status:     analyzer.Stable,
	Triggers:   []string{"group_add"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, class := range pass.Classes {
		if pass.ClassKind(class) != django.Consumer || !knowsBases(pass, class) {
			continue
		}
		added, discarded := within(pass, class, "group_add"), within(pass, class, "group_discard")
		for _, access := range discarded {
			if call := notAwaited(pass, access); call != nil {
				pass.Report(discardNotAwaited(pass, class, call))
			}
		}
		if len(discarded) > 0 || inherits(pass, class, "group_discard") || hasLeft(pass, class) {
			continue
		}
		for _, access := range added {
			pass.Report(neverDiscarded(pass, class, access))
		}
	}
}

// knowsBases reports whether all bases of a consumer are Channels' or this file's, so that none of them can discard
// groups unseen.
func knowsBases(pass *analyzer.Pass, class *names.Class) bool {
	return !slices.ContainsFunc(pass.Ancestors(class), func(base string) bool {
		return !strings.HasPrefix(base, "channels.") && !strings.HasPrefix(base, ":") && !strings.HasPrefix(base, "builtins.")
	})
}

// within returns the accesses to a method of the channel layer in a class's body.
func within(pass *analyzer.Pass, class *names.Class, method string) []*python.Attribute {
	return slices.DeleteFunc(slices.Clone(pass.AttributesNamed(method)), func(access *python.Attribute) bool {
		return !class.Range().Contains(access.Range())
	})
}

// inherits reports whether a base or a helper of this file uses a method of the channel layer.
func inherits(pass *analyzer.Pass, class *names.Class, method string) bool {
	return slices.ContainsFunc(pass.AttributesNamed(method), func(access *python.Attribute) bool {
		around := pass.ClassAt(access)
		return around == nil || slices.Contains(pass.Ancestors(class), ":"+around.Name)
	})
}

// hasLeft reports whether a class puts groups into self.groups, all of which Channels leaves when the connection ends.
// Source: https://channels.readthedocs.io/en/stable/topics/consumers.html#websocketconsumer
func hasLeft(pass *analyzer.Pass, class *names.Class) bool {
	return class.Method("websocket_disconnect") == nil && slices.ContainsFunc(within(pass, class, "groups"), func(groups *python.Attribute) bool {
		self, ok := groups.Value.(*python.Name)
		fn := pass.FunctionAt(groups)
		use := pass.UseOf(groups).Kind
		return ok && fn != nil && self.Id == fn.Self() && (use == names.Grows || use == names.Rebinds)
	})
}

// notAwaited returns the call of a coroutine that nobody awaits, or nil: group_discard(...) as a statement of its own.
func notAwaited(pass *analyzer.Pass, access *python.Attribute) *python.Call {
	call, ok := pass.Parent(access).(*python.Call)
	if !ok || call.Func != python.Expr(access) {
		return nil
	}
	if _, ok := pass.Parent(call).(*python.ExprStmt); !ok {
		return nil
	}
	return call
}

func discardNotAwaited(pass *analyzer.Pass, class *names.Class, call *python.Call) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:    call.Range(),
		Message: "`group_discard()` is not awaited and does nothing: " + class.Name + " stays in the group",
	}
	if fn := pass.FunctionAt(call); fn != nil && fn.IsAsync {
		d.Fixes = []analyzer.SuggestedFix{{
			Message: "Await group_discard()",
			Kind:    analyzer.SafeFix,
			Edits:   []analyzer.TextEdit{analyzer.Insert(call.Start, "await ")},
		}}
		return d
	}
	arguments := make([]string, len(call.Args))
	for i, argument := range call.Args {
		arguments[i] = pass.Text(argument)
	}
	d.Remedy = "async_to_sync(" + pass.Text(call.Func) + ")(" + strings.Join(arguments, ", ") + ")\n"
	return d
}

func neverDiscarded(pass *analyzer.Pass, class *names.Class, access *python.Attribute) analyzer.Diagnostic {
	where, discard, keyword := python.Node(access), "async_to_sync(self.channel_layer.group_discard)(", ""
	var joined python.Expr
	if call, ok := pass.Parent(access).(*python.Call); ok {
		where = call
		if call.Func == python.Expr(access) {
			discard, keyword = "await self.channel_layer.group_discard(", "async "
		} else if wrapped, ok := pass.Parent(call).(*python.Call); ok && wrapped.Func == python.Expr(call) {
			call = wrapped // async_to_sync(group_add)(...)
		}
		if len(call.Args) > 0 {
			joined = call.Args[0]
		}
	}
	return analyzer.Diagnostic{
		Span:    where.Range(),
		Message: class.Name + " joins a group with each connection and leaves none: its channel stays in the group after it is gone",
		Remedy:  remedy(pass, class, joined, discard, keyword),
	}
}

// remedy leaves the group in disconnect(), which is called also of a connection that was refused before it joined.
func remedy(pass *analyzer.Pass, class *names.Class, joined python.Expr, discard, keyword string) string {
	group, kept, leave := "...", "", ""
	if joined != nil {
		group = pass.Text(joined)
	}
	if joined != nil && lasts(pass, class, joined) {
		leave = discard + group + ", self.channel_name)\n"
	} else {
		kept = "self.group = " + group + "  # where it joins\n\n"
		leave = "if hasattr(self, \"group\"):\n    " + discard + "self.group, self.channel_name)\n"
	}
	if class.Method("disconnect") != nil {
		return kept + "# In disconnect():\n" + leave
	}
	return kept + keyword + "def disconnect(self, code):\n    " + strings.ReplaceAll(strings.TrimSuffix(leave, "\n"), "\n", "\n    ") + "\n"
}

// lasts reports whether an expression names the same group when the connection ends: a constant, also a module's, or an attribute
// of the consumer that is set once.
func lasts(pass *analyzer.Pass, class *names.Class, group python.Expr) bool {
	switch e := group.(type) {
	case *python.Constant:
		return true
	case *python.Name:
		binding := pass.Binding(e)
		return binding != nil && binding.Scope == pass.Module
	case *python.Attribute:
		receiver, ok := e.Value.(*python.Name)
		if !ok || receiver.Id != "self" {
			return false
		}
		set := 0
		for _, access := range pass.AttributesNamed(e.Attr) {
			if class.Range().Contains(access.Range()) && pass.UseOf(access).Kind == names.Rebinds {
				set++
			}
		}
		return set <= 1
	}
	return false
}
