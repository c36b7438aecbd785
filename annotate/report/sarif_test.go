package report

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	gosarif "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/djleak/djleak/analyzer"
)

// An independent reader knows every member, and its copy of the OASIS schema accepts the log.
func TestSARIFIsValid(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]Report{"empty": {}, "full": newReport(t)} {
		text := write(t, "sarif", r)
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(new(gosarif.Report)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		log, err := gosarif.FromString(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, run := range log.Runs { // The reader forgets what the schema has as defaults.
			run.Language, run.Tool.Driver.Language, run.NewlineSequences = "en-US", "en-US", []string{"\r\n", "\n"}
		}
		if err := log.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSARIFLimitsResults(t *testing.T) {
	t.Parallel()
	var r Report
	for i := range maxResults + 7 {
		f := analyzer.Finding{Rule: lenRule, Path: fmt.Sprintf("%06d.py", i), Severity: analyzer.Low}
		if i == maxResults+6 {
			f.Severity = analyzer.High
		}
		r.Findings = append(r.Findings, f)
	}
	var log sarifLog
	if err := json.Unmarshal([]byte(write(t, "sarif", r)), &log); err != nil {
		t.Fatal(err)
	}
	results := log.Runs[0].Results
	if len(results) != maxResults || results[maxResults-1].Level != "error" {
		t.Errorf("%d results, the last %s; want %d with the worst kept", len(results), results[len(results)-1].Level, maxResults)
	}
	notifications := log.Runs[0].Invocations[0].ToolExecutionNotifications
	if want := "7 less important findings are left out: GitHub takes 25000"; len(notifications) != 1 || notifications[0].Message.Text != want {
		t.Errorf("notifications = %+v, want %q", notifications, want)
	}
}

func TestURI(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"shop/a.py": "shop/a.py", "a b/é#?.py": "a%20b/%C3%A9%23%3F.py", "c:x%.py": "c%3Ax%25.py",
	} {
		if got := uri(path); got != want {
			t.Errorf("uri(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestPosition(t *testing.T) {
	t.Parallel()
	p := newPage("é😀x\r\ny\n")
	for offset, want := range map[int]position{0: {1, 1}, 6: {1, 7}, 9: {2, 1}, 10: {2, 2}, 11: {3, 1}} {
		if got := p.position(offset); got != want {
			t.Errorf("position(%d) = %v, want %v", offset, got, want)
		}
	}
}
