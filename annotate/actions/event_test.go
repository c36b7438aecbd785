package actions_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/annotate/actions"
)

var (
	base = strings.Repeat("1", 40)
	head = strings.Repeat("2", 40)
	zero = strings.Repeat("0", 40)
)

const closed = "the pull request is closed"

func TestReadEvent(t *testing.T) {
	t.Parallel()
	pull := &actions.Pull{Number: 12, Base: base, Head: head, ChangedFiles: 3}
	tests := map[string]struct {
		name, file string
		want       actions.Event
	}{
		"pull request":        {"pull_request", "pull_request", actions.Event{Pull: pull}},
		"draft":               {"pull_request", "pull_request_draft", actions.Event{Pull: pull}},
		"fork":                {"pull_request", "pull_request_fork", actions.Event{Pull: pull}},
		"pull request target": {"pull_request_target", "pull_request_fork", actions.Event{Pull: pull}},
		"closed":              {"pull_request", "pull_request_closed", actions.Event{Skip: closed}},
		"edited when closed":  {"pull_request_target", "pull_request_edited_closed", actions.Event{Skip: closed}},
		"push":                {"push", "push", actions.Event{Push: &actions.Push{Before: base, After: head, DefaultBranch: "main"}}},
		"new branch":          {"push", "push_new_branch", actions.Event{Push: &actions.Push{Before: zero, After: head, DefaultBranch: "main"}}},
		"annotated tag":       {"push", "push_tag", actions.Event{Push: &actions.Push{Before: zero, After: head, DefaultBranch: "main"}}},
		"deleted branch":      {"push", "push_deleted", actions.Event{Skip: "the push deletes its branch"}},
		"merge group":         {"merge_group", "merge_group", actions.Event{Push: &actions.Push{Before: base, After: head, DefaultBranch: "main"}}},
		"dispatch":            {"workflow_dispatch", "absent", actions.Event{Tree: head}},
		"schedule":            {"schedule", "absent", actions.Event{Tree: head}},
		"another event":       {"issue_comment", "absent", actions.Event{Skip: `djleak has nothing to do on the event "issue_comment"`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := actions.ReadEvent(actions.Environment{EventName: test.name, EventPath: eventFile(test.file), SHA: head})
			if err != nil {
				t.Fatal(err)
			}
			test.want.Name = test.name
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("event (-want +got):\n%s", diff)
			}
		})
	}
}

func eventFile(name string) string {
	return filepath.Join("..", "..", "testdata", "github", "events", name+".json")
}

func TestReadEventErrors(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ name, text, want string }{
		"no JSON":            {"pull_request", `{"action":`, "unexpected end of JSON input"},
		"no pull request":    {"pull_request", `{}`, "it has no pull_request.number"},
		"no head":            {"pull_request", `{"pull_request": {"number": 1, "base": {"sha": "` + base + `"}}}`, `pull_request: "" is no commit id`},
		"path for a commit":  {"push", `{"before": "` + base + `", "after": "../../../user"}`, `before, after: "../../../user" is no commit id`},
		"no default branch":  {"push", `{"before": "` + zero + `", "after": "` + head + `"}`, "it has no repository.default_branch"},
		"no merge group":     {"merge_group", `{}`, "it has no merge_group"},
		"merge group's head": {"merge_group", `{"merge_group": {"base_sha": "` + base + `"}}`, `merge_group: "" is no commit id`},
		"no commit":          {"schedule", ``, `GITHUB_SHA: "" is no commit id`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "event.json")
			if err := os.WriteFile(path, []byte(test.text), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := actions.ReadEvent(actions.Environment{EventName: test.name, EventPath: path})
			if err == nil || !strings.HasSuffix(err.Error(), test.want) {
				t.Errorf("error: got %v, want it to end in %q", err, test.want)
			}
		})
	}
	t.Run("no file", func(t *testing.T) {
		t.Parallel()
		if _, err := actions.ReadEvent(actions.Environment{EventName: "push", EventPath: filepath.Join(t.TempDir(), "absent")}); err == nil {
			t.Error("an event that is not there is no error")
		}
	})
}
