package names_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

func TestReaching(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, body, want string }{
		{"one", "q = 1; show(q)", "1"},
		{"the last of two", "q = 1; q = 2; show(q)", "2"},
		{"not a later one", "q = 1; show(q); q = 2", "1"},
		{"itself", "q = 1; q = show(q)", "1"},
		{"a branch", "q = 1\nif x:\n    q = 2\nshow(q)", "1 2"},
		{"both branches", "q = 1\nif x:\n    q = 2\nelse:\n    q = 3\nshow(q)", "2 3"},
		{"an elif", "q = 1\nif x:\n    q = 2\nelif y:\n    q = 3\nshow(q)", "1 2 3"},
		{"a branch that returns", "q = 1\nif x:\n    q = 2\n    return\nshow(q)", "1"},
		{"else of a branch that returns", "q = 1\nif x:\n    return\nelse:\n    q = 2\nshow(q)", "2"},
		{"inside the branch", "q = 1\nif x:\n    q = 2\n    show(q)", "2"},
		{"inside the other branch", "q = 1\nif x:\n    q = 2\nelse:\n    show(q)", "1"},
		{"behind a loop", "q = 1\nfor x in y:\n    q = 2\nshow(q)", "1 2"},
		{"the next pass", "q = 1\nfor x in y:\n    show(q)\n    q = 2", "1 2"},
		{"made anew in each pass", "q = 1\nfor x in y:\n    q = 2\n    show(q)\n    q = 3", "2"},
		{"the loop's iterable", "q = 1\nfor x in show(q):\n    q = 2", "1"},
		{"the test of while", "q = 1\nwhile show(q):\n    q = 2", "1 2"},
		{"the loop's variable", "q = 1\nfor q in y:\n    show(q)", "looped y"},
		{"a with target", "q = 1\nwith y as q:\n    show(q)", "managed y"},
		{"behind with", "q = 1\nwith y:\n    q = 2\nshow(q)", "2"},
		{"a walrus", "q = 1\nwhile q := next(y):\n    show(q)", "next(y)"},
		{"try", "q = 1\ntry:\n    q = 2\nexcept E:\n    q = 3\nshow(q)", "2 3"},
		{"try that passes", "q = 1\ntry:\n    q = 2\nexcept E:\n    pass\nshow(q)", "1 2"},
		{"try that raises", "q = 1\ntry:\n    q = 2\nexcept E:\n    raise\nshow(q)", "2"},
		{"in the handler", "q = 1\ntry:\n    q = 2\nexcept E:\n    show(q)", "1 2"},
		{"in else", "q = 1\ntry:\n    q = 2\nexcept E:\n    pass\nelse:\n    show(q)", "2"},
		{"in finally", "q = 1\ntry:\n    q = 2\nfinally:\n    show(q)", "1 2"},
		{"match", "q = 1\nmatch x:\n    case 1:\n        q = 2\nshow(q)", "1 2"},
		{"a parameter", "if x:\n    p = 1\nshow(p)", "parameter 1"},
		{"a parameter replaced", "p = 1; show(p)", "1"},
		{"in a comprehension", "q = 1; q = 2; r = [show(q) for z in y]", "2"},
		{"in a function inside", "q = 1\ndef g():\n    show(q)\nq = 2", "1 2"},
		{"of nonlocal", "q = 1\ndef g():\n    nonlocal q\n    q = 2\nshow(q)", "1 2"},
		{"unbound", "show(z)", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := resolve(t, "def f(p):\n    "+strings.ReplaceAll(strings.ReplaceAll(test.body, "; ", "\n"), "\n", "\n    "))
			name, ok := arguments(f)[0].(*python.Name)
			if !ok {
				t.Fatal("the case shows no name")
			}
			var got []string
			for _, def := range f.Reaching(name) {
				got = append(got, describeDefinition(f.File, def))
			}
			if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("Reaching (-want +got):\n%s in\n%s", diff, test.body)
			}
		})
	}
}

func describeDefinition(file *python.File, def names.Definition) string {
	switch def.Kind {
	case names.Looped:
		return "looped " + file.Text(def.Value)
	case names.Managed:
		return "managed " + file.Text(def.Value)
	case names.Parameter:
		return "parameter"
	default:
		return file.Text(def.Value)
	}
}
