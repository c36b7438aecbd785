package analyzer_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
)

// slow is a rule that takes its time with files that ask for it, until the test is over.
func slow(t *testing.T) *analyzer.Rule {
	t.Helper()
	over := make(chan struct{})
	t.Cleanup(func() { close(over) })
	return &analyzer.Rule{Name: "slow", Files: analyzer.AnyFile, Run: func(pass *analyzer.Pass) {
		var seconds int
		if _, err := fmt.Sscanf(pass.Source, "sleep(%d)", &seconds); err != nil {
			return
		}
		select {
		case <-time.After(time.Duration(seconds) * time.Second):
		case <-over:
		}
	}}
}

// notices returns what is said of each file that something is said of.
func notices(result analyzer.Result) map[string]string {
	said := map[string]string{}
	for _, file := range result.Files {
		for _, notice := range file.Notices {
			said[file.Path] = fmt.Sprint(file.State == analyzer.Unread, " ", notice.Message)
		}
	}
	return said
}

// TestSlowFiles has more files that take for ever than workers: the others are analysed all the same, and in bounded time.
func TestSlowFiles(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const ever = "sleep(100000)\n"
		texts := map[string]string{
			"a.py": ever, "b.py": ever, "c.py": "leak()\n", "d.py": "sleep(29)\n", "e.py": ever, "f.py": ever, "g.py": ever,
			"h.py": ever, "i.py": ever, "j.py": "leak()\n",
		}
		paths := []string{"a.py", "b.py", "c.py", "d.py", "e.py", "f.py", "g.py", "h.py", "i.py", "j.py"}
		a := newAnalyzer(leaks(), slow(t))
		a.Workers = 1
		steps := 0
		a.Progress = func() { steps++ }
		start := time.Now()
		result := a.Tree(t.Context(), paths, func(path string) ([]byte, error) { return []byte(texts[path]), nil })
		if took := time.Since(start); took > 100*time.Second {
			t.Errorf("it took %s", took)
		}
		want := map[string]string{
			"a.py": "true not read: its analysis takes longer than 30s",
			"b.py": "true not read: its analysis takes longer than 15s",
			"d.py": "true not read: its analysis takes longer than 7.5s",
			"e.py": "true not read: its analysis takes longer than 3.75s",
			"f.py": "true not read: its analysis takes longer than 1.875s",
			"g.py": "true not read: its analysis takes longer than 1s",
			"h.py": "true not read: its analysis takes longer than 1s",
			"i.py": "true not read: its analysis takes longer than 1s",
		}
		if diff := cmp.Diff(want, notices(result)); diff != "" {
			t.Errorf("notices (-want +got)\n%s", diff)
		}
		for _, i := range []int{2, 9} {
			if len(result.Files[i].Findings) != 1 {
				t.Errorf("%s has %d findings, want 1", paths[i], len(result.Files[i].Findings))
			}
		}
		if steps != len(paths) {
			t.Errorf("%d steps of progress, want %d", steps, len(paths))
		}
	})
}

// TestStopInTheMiddleOfAFile does not wait for the file.
func TestStopInTheMiddleOfAFile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newAnalyzer(leaks(), slow(t))
		a.Workers = 2
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		start := time.Now()
		result := a.Review(ctx, change.Change{Files: []change.File{
			{Path: "a.py", Status: change.Added, Head: []byte("sleep(100000)\n")},
			{Path: "b.py", Status: change.Added, Head: []byte("leak()\n")},
			{Path: "c.py", Status: change.Added, Head: []byte("sleep(100000)\n")},
			{Path: "d.py", Status: change.Added, Head: []byte("leak()\n")},
		}})
		if took := time.Since(start); took != 5*time.Second {
			t.Errorf("it took %s, want 5s", took)
		}
		const stopped = "true not read: the run was stopped before this file"
		want := map[string]string{"a.py": stopped, "c.py": stopped, "d.py": stopped}
		if diff := cmp.Diff(want, notices(result)); diff != "" {
			t.Errorf("notices (-want +got)\n%s", diff)
		}
		if len(result.Files[1].Findings) != 1 {
			t.Errorf("b.py has %d findings, want 1", len(result.Files[1].Findings))
		}
	})
}

// TestCrashOutsideOfRules costs one file its review.
func TestCrashOutsideOfRules(t *testing.T) {
	t.Parallel()
	a := newAnalyzer(leaks())
	a.Identity = func(path string) string {
		if path == "a.py" {
			panic("oh")
		}
		return path
	}
	result := a.Tree(t.Context(), []string{"a.py", "b.py"}, func(string) ([]byte, error) { return []byte("leak()\n"), nil })
	want := map[string]string{"a.py": "true not read: the analysis crashed on it: oh"}
	if diff := cmp.Diff(want, notices(result)); diff != "" {
		t.Errorf("notices (-want +got)\n%s", diff)
	}
	if len(result.Files[1].Findings) != 1 {
		t.Errorf("b.py has %d findings, want 1", len(result.Files[1].Findings))
	}
}
