package baseline_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/baseline"
)

func finding(path, fingerprint string) analyzer.Finding {
	return analyzer.Finding{Rule: &analyzer.Rule{Name: "upload-read-whole"}, Path: path, Scope: "upload", Fingerprint: fingerprint}
}

func TestBaseline(t *testing.T) {
	t.Parallel()
	fromTop := func(path string) string { return "shop/" + path }
	b := baseline.Of([]analyzer.Finding{finding("views.py", "02"), finding("forms.py", "01"), finding("views.py", "02")}, fromTop)
	again, err := baseline.Parse(b.Marshal())
	if err != nil {
		t.Fatal(err)
	}
	want := []baseline.Entry{
		{Path: "shop/forms.py", Rule: "upload-read-whole", Scope: "upload", Fingerprint: "01"},
		{Path: "shop/views.py", Rule: "upload-read-whole", Scope: "upload", Fingerprint: "02"},
	}
	if diff := cmp.Diff(want, again.Findings); diff != "" {
		t.Errorf("read again (-want +got)\n%s", diff)
	}

	result := analyzer.Result{Files: []analyzer.FileResult{
		{Path: "views.py", Findings: []analyzer.Finding{finding("views.py", "02"), finding("views.py", "03")}},
		{Path: "other.py", Findings: []analyzer.Finding{finding("other.py", "04")}},
	}}
	if removed := again.Remove(&result); removed != 1 {
		t.Errorf("removed %d findings, not the 1 that is known", removed)
	}
	if left := result.Files[0].Findings; len(left) != 1 || left[0].Fingerprint != "03" {
		t.Errorf("left %v", left)
	}

	outside := again.Outside(func(path string) bool { return path == "shop/views.py" })
	if diff := cmp.Diff(want[:1], outside); diff != "" {
		t.Errorf("outside (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(want, baseline.Of([]analyzer.Finding{finding("views.py", "02")}, fromTop).With(outside).Findings); diff != "" {
		t.Errorf("with what is outside (-want +got)\n%s", diff)
	}
}

func TestParseErrors(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, want string }{
		{``, "it is no baseline: EOF"},
		{`[]`, "it is no baseline: json: cannot unmarshal array"},
		{`{"version": 1, "results": []}`, `unknown field "results"`},
		{`{"version": 2, "findings": []}`, "its version is 2, this djleak reads 1"},
		{`{"findings": []}`, "its version is 0, this djleak reads 1"},
		{`{"version": 1, "findings": [{"path": "a.py", "rule": "x"}]}`, "a finding has no fingerprint"},
		{`{"version": 1, "findings": []}` + "\n" + `{"version": 1, "findings": []}`, "there is more behind its end"},
	} {
		if _, err := baseline.Parse([]byte(test.text)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %s", test.text, err, test.want)
		}
	}
}
