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
		if len(discarded) > 0 || inherits(pass, class, "group_discard") {
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
	d.Remedy = "async_to_sync(" + pass.Text(call.Func) + ")(group, self.channel_name)\n"
	return d
}

func neverDiscarded(pass *analyzer.Pass, class *names.Class, access *python.Attribute) analyzer.Diagnostic {
	where := python.Node(access)
	remedy := "def disconnect(self, code):\n    async_to_sync(self.channel_layer.group_discard)(group, self.channel_name)\n"
	if call, ok := pass.Parent(access).(*python.Call); ok {
		where = call
		if call.Func == python.Expr(access) && len(call.Args) > 0 {
			remedy = "async def disconnect(self, code):\n    await self.channel_layer.group_discard(" + pass.Text(call.Args[0]) + ", self.channel_name)\n"
		}
	}
	return analyzer.Diagnostic{
		Span:    where.Range(),
		Message: class.Name + " joins a group with each connection and leaves none: its channel stays in the group after it is gone",
		Remedy:  remedy,
	}
}
