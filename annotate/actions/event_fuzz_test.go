package actions_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/djleak/djleak/annotate/actions"
)

// FuzzReadEvent reads any JSON as any event. Either it is an error, or exactly one thing is to be done; and what becomes part
// of an address is a commit's id and nothing else.
func FuzzReadEvent(f *testing.F) {
	names := []string{"pull_request", "pull_request_target", "push", "merge_group", "workflow_dispatch", "schedule", "issue_comment"}
	samples, err := filepath.Glob(eventFile("*"))
	if err != nil || len(samples) == 0 {
		f.Fatalf("no samples: %v", err)
	}
	for _, sample := range samples {
		text, err := os.ReadFile(sample)
		if err != nil {
			f.Fatal(err)
		}
		for i := range names {
			f.Add(text, byte(i), head)
		}
	}
	f.Add([]byte(`{"pull_request": {"number": 1e400}}`), byte(0), "")
	f.Add([]byte(`{"before": "../../user", "after": "`+head+`\n"}`), byte(2), "HEAD")
	folder := f.TempDir()
	id := regexp.MustCompile(`\A[0-9a-f]+\z`)
	f.Fuzz(func(t *testing.T, text []byte, name byte, sha string) {
		path := filepath.Join(folder, "event.json")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		event, err := actions.ReadEvent(actions.Environment{EventName: names[int(name)%len(names)], EventPath: path, SHA: sha})
		if err != nil {
			return
		}
		var commits []string
		things := 0
		if event.Skip != "" {
			things++
		}
		if pull := event.Pull; pull != nil {
			things++
			commits = append(commits, pull.Base, pull.Head)
			if pull.Number < 1 {
				t.Errorf("pull request %d", pull.Number)
			}
		}
		if push := event.Push; push != nil {
			things++
			commits = append(commits, push.Before, push.After)
		}
		if event.Tree != "" {
			things++
			commits = append(commits, event.Tree)
		}
		if things != 1 {
			t.Errorf("%d things to do: %+v", things, event)
		}
		for _, commit := range commits {
			if len(commit) != 40 && len(commit) != 64 || !id.MatchString(commit) {
				t.Errorf("commit %q", commit)
			}
		}
	})
}
