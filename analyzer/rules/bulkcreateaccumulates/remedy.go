package bulkcreateaccumulates

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
)

// remedy returns the same call for pieces: where a loop fills the list, in the loop; where a comprehension makes it, of a
// generator; of a QuerySet's own rows, where they are changed.
func remedy(pass *analyzer.Pass, s save, c collection) string {
	if !s.stands(pass) || c.handed {
		return "" // What it returns is used, or another function has the loop: to save in pieces takes more than a snippet.
	}
	if c.loop != nil {
		if deletesBetween(pass, c.loop, s.call) {
			return "" // In pieces it would delete what has been saved.
		}
		list := pass.Text(s.objects)
		rest := "  # behind it: the rest\n"
		if isUsedBehind(pass, s) {
			rest = "  # behind it: the rest, which is all that " + list + " then holds\n"
		}
		return head(pass, c) + "    if len(" + list + ") >= 500:  # at the end of the loop\n        " + saved(pass, s, list) +
			"\n        " + list + ".clear()\n" + saved(pass, s, list) + rest
	}
	if c.fetched != nil {
		if strings.Contains(pass.Text(c.iterable), "\n") || pass.LosesPrefetch(pass.QuerySet(c.iterable)) {
			return ""
		}
		return "from itertools import islice\n\nrows = " + source(pass, c) + "\nwhile batch := list(islice(rows, 500)):\n" +
			"    ...  # change each row of the batch\n    " + saved(pass, s, "batch") + "\n"
	}
	generator := inParentheses(pass, c.comprehension)
	if strings.Contains(generator, "\n") || len(generator) > 100 {
		generator = "(... for ... in " + source(pass, c) + ")"
	} else if pass.Iterated(c.iterable) == nil {
		generator = strings.Replace(generator, pass.Text(c.iterable), source(pass, c), 1)
	}
	return "from itertools import islice\n\nobjects = " + generator + "\nwhile batch := list(islice(objects, 500)):\n    " +
		saved(pass, s, "batch") + "\n"
}

// isUsedBehind reports whether the list is looked at after it has been saved.
func isUsedBehind(pass *analyzer.Pass, s save) bool {
	list, ok := s.objects.(*python.Name)
	return ok && slices.ContainsFunc(pass.Binding(list).Uses, func(use *python.Name) bool { return use.Start > s.call.End })
}

// deletesBetween reports whether rows are deleted behind a loop and in front of the call that saves what it has collected.
func deletesBetween(pass *analyzer.Pass, loop, save python.Node) bool {
	return slices.ContainsFunc(pass.Calls, func(call *python.Call) bool {
		access, ok := call.Func.(*python.Attribute)
		return ok && access.Attr == "delete" && call.Start >= loop.Range().End && call.Start < save.Range().Start
	})
}

// head returns the first line of a loop that fetches its rows in pieces, where the loop does not yet and one line holds it.
func head(pass *analyzer.Pass, c collection) string {
	if pass.QuerySet(c.iterable) == nil || strings.Contains(pass.Text(c.iterable), "\n") {
		return ""
	}
	return "for " + pass.Text(c.loop.Target) + " in " + source(pass, c) + ":\n    ...\n"
}

// inParentheses returns the source of a comprehension as that of a generator.
func inParentheses(pass *analyzer.Pass, comprehension python.Expr) string {
	text := pass.Text(comprehension)
	if e, ok := comprehension.(*python.GeneratorExp); ok && e.Elt.Range().Start == e.Start {
		return "(" + text + ")" // The only argument of a call needs none of its own.
	}
	return "(" + strings.TrimSpace(text[1:len(text)-1]) + ")"
}

// source returns what a comprehension walks over, in pieces where it is a QuerySet.
func source(pass *analyzer.Pass, c collection) string {
	if pass.QuerySet(c.iterable) == nil || strings.Contains(pass.Text(c.iterable), "\n") {
		return pass.Text(c.iterable)
	}
	return pass.Operand(c.iterable) + ".iterator(chunk_size=2000)"
}

// saved returns the call for another list. It needs no batch_size: the list is a batch.
func saved(pass *analyzer.Pass, s save, list string) string {
	args := []string{list}
	for _, arg := range s.call.Args {
		if arg != s.objects {
			args = append(args, pass.Text(arg))
		}
	}
	for _, keyword := range s.call.Keywords {
		if keyword.Name != "objs" && keyword.Name != "batch_size" {
			args = append(args, pass.Text(keyword))
		}
	}
	call := pass.Text(s.call.Func) + "(" + strings.Join(args, ", ") + ")"
	if _, awaited := pass.Parent(s.call).(*python.Await); awaited {
		call = "await " + call
	}
	return call
}
