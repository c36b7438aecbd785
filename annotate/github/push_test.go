package github_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/change"
	"github.com/djleak/djleak/annotate/github"
)

// summary is a change in few words: "status path<-old base>head".
func summary(diff change.Change) []string {
	words := [...]string{change.Modified: "M", change.Added: "A", change.Deleted: "D", change.Renamed: "R"}
	var lines []string
	for _, file := range diff.Files {
		line := words[file.Status] + " " + file.Path
		if file.OldPath != "" && file.OldPath != file.Path {
			line += "<-" + file.OldPath
		}
		line += fmt.Sprintf(" %q>%q", file.Base, file.Head)
		if file.Unread != "" {
			line += " unread: " + file.Unread
		}
		lines = append(lines, line)
	}
	return lines
}

func TestReadPush(t *testing.T) {
	t.Parallel()
	s := open(t, files{"a.py": text("1"), "b.py": text("1"), "c.md": text("1")}, files{"a.py": text("2"), "c.md": text("2")})
	fork, first := s.pull.Base, s.pull.Head
	second := s.commit("topic", first, files{"b.py": text("2")})
	main := s.commit("main", fork, files{"d.py": text("1")})
	// A forced push puts this in the place of second: a.py goes back, b.py stays, e.py is new, and the long one moves.
	name := numbered(12)
	forced := s.commit("forced", fork, files{"e.py": text("1"), "moved.py": text(name...)})
	left := s.commit("left", fork, files{"a.py": text("2"), "here.py": text(name...), "link.py": {Data: []byte("a.py"), Mode: "120000"}})
	long := strings.Join(name, "\n") + "\n"
	gone := strings.Repeat("9", 40)
	zero := strings.Repeat("0", 40)
	tests := map[string]struct {
		push    github.Push
		base    string
		want    []string
		partial []string
	}{
		"two commits":  {github.Push{Before: fork, After: second}, fork, []string{`M a.py "1\n">"2\n"`, `M b.py "1\n">"2\n"`, `M c.md "">""`}, nil},
		"one commit":   {github.Push{Before: first, After: second}, first, []string{`M b.py "1\n">"2\n"`}, nil},
		"a new branch": {github.Push{Before: zero, After: first, DefaultBranch: "main"}, fork, []string{`M a.py "1\n">"2\n"`, `M c.md "">""`}, nil},
		"nothing new":  {github.Push{Before: zero, After: main, DefaultBranch: "main"}, main, nil, nil},
		"a forced push": {
			github.Push{Before: left, After: forced, DefaultBranch: "main"},
			left,
			[]string{`M a.py "2\n">"1\n"`, `A e.py "">"1\n"`, `D link.py "">""`, fmt.Sprintf("R moved.py<-here.py %q>%[1]q", long)},
			nil,
		},
		"a push back": {github.Push{Before: second, After: first, DefaultBranch: "main"}, second, []string{`M b.py "2\n">"1\n"`}, nil},
		"what was before is gone": {
			github.Push{Before: gone, After: first, DefaultBranch: "main"},
			fork,
			[]string{`M a.py "1\n">"2\n"`, `M c.md "">""`},
			[]string{"the commit before the push, 9999999, is gone or unrelated: this is the change since the branch left main"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			diff, err := s.client().ReadPush(t.Context(), test.push, isPython)
			if err != nil {
				t.Fatal(err)
			}
			if diff.Base != test.base || diff.Head != test.push.After {
				t.Errorf("base %s, head %s; want %s, %s", diff.Base, diff.Head, test.base, test.push.After)
			}
			if diff := cmp.Diff(test.want, summary(diff)); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.partial, diff.Partial); diff != "" {
				t.Errorf("partial (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadLargePush(t *testing.T) {
	t.Parallel()
	s := many(t, 310)
	diff, err := s.client().ReadPush(t.Context(), github.Push{Before: s.pull.Base, After: s.pull.Head}, isPython)
	if err != nil {
		t.Fatal(err)
	}
	if len(diff.Files) != 300 {
		t.Errorf("%d files, want 300", len(diff.Files))
	}
	if diff := cmp.Diff([]string{"GitHub lists only the first 300 of the changed files"}, diff.Partial); diff != "" {
		t.Errorf("partial (-want +got):\n%s", diff)
	}
}

func TestReadPushErrors(t *testing.T) {
	t.Parallel()
	s := open(t, files{"a.py": text("1")}, files{"a.py": text("2")})
	orphan := s.commit("orphan", "", files{"z.py": text("1")})
	tests := map[string]struct {
		push github.Push
		want string
	}{
		"no ancestor": {github.Push{Before: s.pull.Base, After: orphan}, "404 Not Found: No common ancestor"},
		"no commit":   {github.Push{Before: s.pull.Base, After: strings.Repeat("8", 40), DefaultBranch: "main"}, "404 Not Found"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := s.client().ReadPush(t.Context(), test.push, isPython)
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "read acme/shop@"+test.push.After[:7]) {
				t.Errorf("error: got %v, want %s", err, test.want)
			}
		})
	}
}
