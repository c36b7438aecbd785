package config_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
	"github.com/djleak/djleak/analyzer/config"
)

func modified(path, base, head string) change.File {
	return change.File{
		Path: path, OldPath: path, Base: []byte(base), Head: []byte(head),
		Hunks: change.Diff([]byte(base), []byte(head)),
	}
}

func TestReview(t *testing.T) {
	t.Parallel()
	const good, bad, worse = "[tool.djleak]\nscope = 'new'\n", "[tool.djleak]\nscope = 'x'\n", "[tool.djleak]\npreview = 'true'\nscope = 'x'\n"
	const scope = "tool.djleak.scope: \"x\" is none of new, added, file"
	const preview = "tool.djleak.preview: write true or false, not \"true\""
	type finding struct {
		Message    string
		Start, End [2]int
		New, Added bool
	}
	for _, test := range []struct {
		name  string
		file  change.File
		ok    bool
		want  []finding
		fixed int
		state analyzer.FileState
	}{
		{name: "right", file: modified("pyproject.toml", bad[:14], good), ok: true},
		{name: "another's", file: modified("pyproject.toml", "x = 1\n", "x = 2\n")},
		{
			name: "wrong", file: modified("pyproject.toml", good, bad), ok: true,
			want: []finding{{scope, [2]int{2, 9}, [2]int{2, 12}, true, true}},
		},
		{
			name: "wrong before", file: modified("pyproject.toml", bad, worse), ok: true,
			want: []finding{
				{preview, [2]int{2, 11}, [2]int{2, 17}, true, true},
				{scope, [2]int{3, 9}, [2]int{3, 12}, false, false},
			},
		},
		{
			name: "wrong twice", file: modified("djleak.toml", "select = ['x']\n", "select = ['x', 'x']\n"), ok: true,
			want: []finding{
				{`select: "x" is no rule; "djleak rules" lists them`, [2]int{1, 11}, [2]int{1, 20}, false, true},
				{`select: "x" is no rule; "djleak rules" lists them`, [2]int{1, 16}, [2]int{1, 20}, true, true},
			},
		},
		{name: "mended", file: modified("pyproject.toml", worse, good), ok: true, fixed: 2},
		{name: "taken out", file: modified("pyproject.toml", bad, "x = 1\n"), ok: true, fixed: 1},
		{
			name: "added", file: change.File{Path: "djleak.toml", Status: change.Added, Head: []byte("x"), Hunks: change.Diff(nil, []byte("x"))}, ok: true,
			want: []finding{{"not TOML: expected '=' after key", [2]int{1, 1}, [2]int{1, 2}, true, true}},
		},
		{
			name: "deleted", file: change.File{Path: "djleak.toml", OldPath: "djleak.toml", Status: change.Deleted, Base: []byte("x")}, ok: true,
			fixed: 1, state: analyzer.Deleted,
		},
		{
			name: "deleted and right", file: change.File{Path: "djleak.toml", OldPath: "djleak.toml", Status: change.Deleted, Base: []byte("")},
			state: analyzer.Deleted,
		},
		{name: "unread", file: change.File{Path: "djleak.toml", Unread: "binary"}, ok: true, state: analyzer.Unread},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			result, ok := config.Review(test.file, ruleNames)
			if ok != test.ok || len(result.Fixed) != test.fixed || result.State != test.state {
				t.Errorf("ok = %v, fixed = %v, state = %d; want %v, %d, %d", ok, result.Fixed, result.State, test.ok, test.fixed, test.state)
			}
			var got []finding
			prints := map[string]bool{}
			for _, f := range result.Findings {
				r := f.Region
				got = append(got, finding{f.Message, [2]int{r.StartLine, r.StartColumn}, [2]int{r.EndLine, r.EndColumn}, f.New, f.Added})
				prints[f.Fingerprint] = true
				if len(f.Fingerprint) != 32 || f.Path != test.file.Path || f.Rule != analyzer.InvalidConfiguration {
					t.Errorf("finding %+v", f)
				}
			}
			if diff := cmp.Diff(test.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if len(prints) != len(got) {
				t.Errorf("%d fingerprints for %d findings", len(prints), len(got))
			}
		})
	}
}
