package rulepage_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/rulepage"
)

const page = "# a-b\n\nAn a keeps a b.\n\n## Example\n\n```python\n# shop/tasks.py\nkeep(b)\n```\n\nor\n\n```ini\n[b]\n```\n\n```text\nno code\n```\n\n## Use instead\n\nNothing.\n"

func TestCode(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff([]string{"# shop/tasks.py\nkeep(b)\n", "[b]\n"}, rulepage.Code(page, rulepage.Bad)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if code := rulepage.Code(page, rulepage.Remedy); code != nil {
		t.Errorf("code of a section without any: %q", code)
	}
	if got := rulepage.Section(page, "Use instead"); got != "Nothing." {
		t.Errorf("the last section is %q", got)
	}
	if got := rulepage.Section(page, "Use"); got != "" {
		t.Errorf("a section that is not there is %q", got)
	}
}

func TestPath(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		"# shop/tasks.py\nkeep(b)\n":            "shop/tasks.py",
		"\ufeff# config/uwsgi.ini\r\n[uwsgi]\n": "config/uwsgi.ini",
		"# Procfile\nweb: gunicorn\n":           "Procfile",
		"# keeps a b.\nkeep(b)\n":               "shop/app.py",
		"":                                      "shop/app.py",
	} {
		if got := rulepage.Path(code); got != want {
			t.Errorf("Path(%q) = %q, want %q", code, got, want)
		}
	}
}

func TestProject(t *testing.T) {
	t.Parallel()
	if facts := rulepage.Project("# shop/settings.py\n"); facts != nil {
		t.Errorf("facts of no files: %+v", facts)
	}
	if facts := rulepage.Project("# shop/views.py\n# Procfile: web: daphne shop.asgi:application\r\n"); facts == nil {
		t.Error("a Procfile gives no facts")
	}
}
