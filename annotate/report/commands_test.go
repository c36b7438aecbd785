package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCommandsAreReadBack reads what the format github writes as the runner does (ActionCommand.TryParseV2 in
// actions/runner): what goes in comes out, whatever stands in a path or a message.
func TestCommandsAreReadBack(t *testing.T) {
	t.Parallel()
	type command struct {
		name       string
		properties map[string]string
		data       string
	}
	var got []command
	for line := range strings.Lines(write(t, "github", newReport(t))) {
		head, data, found := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(line, "::"), "\n"), "::")
		if !found || !strings.HasPrefix(line, "::") {
			t.Fatalf("the runner sees no command in %q", line)
		}
		name, list, _ := strings.Cut(head, " ")
		read := command{name, map[string]string{}, strings.NewReplacer("%0D", "\r", "%0A", "\n", "%25", "%").Replace(data)}
		for property := range strings.SplitSeq(list, ",") {
			key, value, _ := strings.Cut(property, "=")
			read.properties[key] = strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%").Replace(value)
		}
		got = append(got, read)
	}
	const file = "shop/middleware.py"
	want := []command{
		{
			"error",
			map[string]string{"file": file, "line": "3", "endLine": "5", "title": "middleware-state-growth"},
			"`request_data` on AuditMiddleware keeps one dict a request; one instance serves the whole process",
		},
		{
			"warning",
			map[string]string{"file": file, "line": "6", "endLine": "6", "col": "26", "endColumn": "50", "title": "queryset-len"},
			"`len()` loads every Visit to count them",
		},
		{
			"notice",
			map[string]string{"file": file, "line": "7", "endLine": "7", "col": "9", "endColumn": "58", "title": "queryset-loop-without-iterator"},
			"the loop keeps\ufffd[2J every Visit until | it ends",
		},
		{"notice", map[string]string{"title": "djleak"}, "the change is partial"},
		{"notice", map[string]string{"file": "shop/a b,c:d.py", "line": "3", "title": "djleak"}, "does not parse: ::error::expected ':' 100%"},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(command{})); diff != "" {
		t.Errorf("(-written +read)\n%s", diff)
	}
}
