package uploadlimitdisabled_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/rules/uploadlimitdisabled"
	"github.com/djleak/djleak/analyzer/ruletest"
)

func Test(t *testing.T) {
	t.Parallel()
	ruletest.Run(t, uploadlimitdisabled.Rule)
}

func TestRoles(t *testing.T) {
	t.Parallel()
	const large = "FILE_UPLOAD_MAX_MEMORY_SIZE = 60 * 1024 * 1024\n"
	for _, test := range []struct {
		path, text string
		want       []string
	}{
		{"shop/settings.py", "DATA_UPLOAD_MAX_MEMORY_SIZE = None\n", []string{"high/high"}},
		{"shop/settings/base.py", "DATA_UPLOAD_MAX_MEMORY_SIZE = None\n", []string{"medium/medium"}},
		{"shop/settings/dev.py", "DATA_UPLOAD_MAX_MEMORY_SIZE = None\n", nil},
		{"shop/settings.py", "DATA_UPLOAD_MAX_MEMORY_SIZE = 60 * 1024 * 1024\n", []string{"medium/high"}},
		{"shop/settings.py", "DATA_UPLOAD_MAX_NUMBER_FILES = None\n", []string{"medium/high"}},
		{"shop/settings.py", large, []string{"medium/high"}},
		{"shop/settings.py", large + "FILE_UPLOAD_HANDLERS = ['django.core.files.uploadhandler.TemporaryFileUploadHandler']\n", nil},
		{"shop/settings.py", large + "FILE_UPLOAD_HANDLERS = [*OTHERS, 'django.core.files.uploadhandler.TemporaryFileUploadHandler']\n", []string{"medium/high"}},
		{
			"shop/settings.py",
			large + "FILE_UPLOAD_HANDLERS = ['django.core.files.uploadhandler.MemoryFileUploadHandler', 'django.core.files.uploadhandler.TemporaryFileUploadHandler']\n",
			[]string{"medium/high"},
		},
		{".env.production", "DATA_UPLOAD_MAX_MEMORY_SIZE=104857600\n", []string{"medium/high"}},
		{".env.production", "DATA_UPLOAD_MAX_MEMORY_SIZE=10485760\n", nil},
		{".env.production", "DATA_UPLOAD_MAX_MEMORY_SIZE=\n", nil},
		{"docker-compose.yml", "environment:\n  DATA_UPLOAD_MAX_MEMORY_SIZE:\n", nil},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{uploadlimitdisabled.Rule}}
		result := a.Tree(t.Context(), []string{test.path}, func(string) ([]byte, error) { return []byte(test.text), nil })
		var got []string
		for _, f := range result.Files[0].Findings {
			got = append(got, f.Severity.String()+"/"+f.Confidence.String())
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s\n%s", test.path, diff, test.text)
		}
	}
}

// TestBoundInFront holds that a limit of nginx's makes one on bytes less pressing, and not one on fields.
func TestBoundInFront(t *testing.T) {
	t.Parallel()
	const code = "DATA_UPLOAD_MAX_MEMORY_SIZE = None\nDATA_UPLOAD_MAX_NUMBER_FIELDS = None\nFILE_UPLOAD_MAX_MEMORY_SIZE = 100 << 20\n"
	for _, test := range []struct {
		facts *project.Facts
		want  []bool
	}{
		{nil, []bool{false, false, false}},
		{&project.Facts{BodiesBounded: true}, []bool{true, false, false}},
		{&project.Facts{LargestBody: 50 << 20}, []bool{true, false, true}},
		{&project.Facts{LargestBody: 50<<20 + 1}, []bool{false, false, false}},
	} {
		a := &analyzer.Analyzer{Rules: []*analyzer.Rule{uploadlimitdisabled.Rule}, Project: test.facts}
		result := a.Tree(t.Context(), []string{"shop/settings.py"}, func(string) ([]byte, error) { return []byte(code), nil })
		var got []bool
		for _, f := range result.Files[0].Findings {
			got = append(got, f.Preview)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("in preview (-want +got):\n%s", diff)
		}
	}
}
