package actions

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
)

// An Event is what triggered the workflow. Exactly one of Skip, Pull, Push and Tree is set.
type Event struct {
	Name string
	// Skip says why there is nothing to do.
	Skip string
	Pull *Pull
	Push *Push
	// Tree is the commit to analyse whole.
	Tree string
}

// A Pull is a pull request; [github.com/djleak/djleak/annotate/github.Pull] explains the fields.
type Pull struct {
	Number       int
	Base, Head   string
	ChangedFiles int
}

// A Push is a push or a merge group; [github.com/djleak/djleak/annotate/github.Push] explains the fields.
type Push struct {
	Before, After string
	DefaultBranch string
}

// payload holds the parts of an event's JSON that matter:
// https://docs.github.com/en/webhooks/webhook-events-and-payloads
type payload struct {
	Action      string `json:"action"`
	PullRequest *struct {
		Number       int    `json:"number"`
		State        string `json:"state"`
		ChangedFiles int    `json:"changed_files"`
		Base         commit `json:"base"`
		Head         commit `json:"head"`
	} `json:"pull_request"`
	MergeGroup *struct {
		Base string `json:"base_sha"`
		Head string `json:"head_sha"`
	} `json:"merge_group"`
	Ref        string `json:"ref"`
	Before     string `json:"before"`
	After      string `json:"after"`
	HeadCommit struct {
		ID string `json:"id"`
	} `json:"head_commit"`
	Deleted    bool `json:"deleted"`
	Repository struct {
		DefaultBranch string `json:"default_branch"`
	} `json:"repository"`
}

type commit struct {
	SHA string `json:"sha"`
}

// ReadEvent reads the event. An event that cannot be read, or that lacks what GitHub always gives, is an error.
func ReadEvent(env Environment) (Event, error) {
	event := Event{Name: env.EventName}
	var read func(payload) error
	switch env.EventName {
	case "pull_request", "pull_request_target":
		read = event.readPull
	case "push":
		read = event.readPush
	case "merge_group":
		read = event.readGroup
	case "workflow_dispatch", "schedule":
		event.Tree = env.SHA
		return event, wantCommits("GITHUB_SHA", env.SHA)
	default:
		event.Skip = fmt.Sprintf("djleak has nothing to do on the event %q", env.EventName)
		return event, nil
	}
	text, err := os.ReadFile(env.EventPath)
	if err != nil {
		return Event{}, fmt.Errorf("read event %s: %w", env.EventName, err)
	}
	var data payload
	if err := json.Unmarshal(text, &data); err != nil {
		return Event{}, fmt.Errorf("read event %s: %s: %w", env.EventName, env.EventPath, err)
	}
	if err := read(data); err != nil {
		return Event{}, fmt.Errorf("read event %s: %s: %w", env.EventName, env.EventPath, err)
	}
	return event, nil
}

func (e *Event) readPull(data payload) error {
	pull := data.PullRequest
	switch {
	case pull == nil || pull.Number < 1:
		return missing("pull_request.number")
	case pull.State == "closed" || data.Action == "closed":
		e.Skip = "the pull request is closed"
		return nil
	}
	e.Pull = &Pull{Number: pull.Number, Base: pull.Base.SHA, Head: pull.Head.SHA, ChangedFiles: pull.ChangedFiles}
	return wantCommits("pull_request", pull.Base.SHA, pull.Head.SHA)
}

func (e *Event) readPush(data payload) error {
	if data.Deleted || isZero(data.After) {
		e.Skip = "the push deletes its branch"
		return nil
	}
	if strings.HasPrefix(data.Ref, "refs/tags/") && data.HeadCommit.ID != "" {
		// An annotated tag is an object of its own, and After is its id: no check run can stand on what is no commit, and no
		// file can be read of it (MishaKav/pytest-coverage-comment#195).
		data.After = data.HeadCommit.ID
	}
	if err := wantCommits("before, after", data.Before, data.After); err != nil {
		return err
	}
	if isZero(data.Before) && data.Repository.DefaultBranch == "" {
		return missing("repository.default_branch")
	}
	e.Push = &Push{Before: data.Before, After: data.After, DefaultBranch: data.Repository.DefaultBranch}
	return nil
}

func (e *Event) readGroup(data payload) error {
	if data.MergeGroup == nil {
		return missing("merge_group")
	}
	e.Push = &Push{Before: data.MergeGroup.Base, After: data.MergeGroup.Head, DefaultBranch: data.Repository.DefaultBranch}
	return wantCommits("merge_group", data.MergeGroup.Base, data.MergeGroup.Head)
}

var commitID = pattern.New(`^([0-9a-f]{40}|[0-9a-f]{64})$`)

// wantCommits makes sure of ids that become parts of addresses.
func wantCommits(where string, ids ...string) error {
	for _, id := range ids {
		if !commitID.MatchString(id) {
			return fmt.Errorf("%s: %q is no commit id", where, id)
		}
	}
	return nil
}

func isZero(id string) bool { return id != "" && strings.Trim(id, "0") == "" }

func missing(key string) error { return fmt.Errorf("it has no %s", key) }
