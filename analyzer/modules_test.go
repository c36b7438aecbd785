package analyzer_test

import (
	"slices"
	"testing"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/release"
)

// TestModules holds which files Python cannot load: their findings are in preview.
func TestModules(t *testing.T) {
	t.Parallel()
	shop := []string{"manage.py", "shop/__init__.py", "shop/models.py", "shop/tasks/__init__.py", "shop/tasks/mail.py"}
	for _, test := range []struct {
		name, file, code string
		// others are there beside the file and shop.
		others []string
		loads  bool
	}{
		{"imports what is there", "shop/a.py", "from shop.models import Order\nimport shop.tasks.mail, os.path", nil, true},
		{"imports a module that is gone", "shop/a.py", "from shop.paypal import pay", nil, false},
		{"imports a package that is gone", "shop/a.py", "import os, shop.pay.pal", nil, false},
		{"and from a folder below", "shop/management/commands/a.py", "import shop.paypal", nil, false},
		{"imports a package's sibling", "club/a.py", "import shop.paypal", []string{"club/__init__.py"}, false},
		{"imports a folder without __init__", "shop/a.py", "import shop.sql", []string{"shop/sql/load.py"}, true},
		{"imports a compiled module", "shop/a.py", "import shop.quick", []string{"shop/quick.cpython-313-x86_64-linux-gnu.so"}, true},
		{"imports from a folder that nobody looked into", "shop/a.py", "import shop.vendor.six", []string{"shop/vendor"}, true},
		{"imports a module's attribute", "shop/a.py", "import shop.models.query", nil, true},
		{"imports a module of a package of the same name", "shop/a.py", "import shop.paypal", []string{"lib/shop/paypal.py"}, true},
		{"imports what a deployment brings", "shop/a.py", "import shop.local_settings, shop.cart_pb2, shop.version", nil, true},
		{"imports another's module", "shop/a.py", "import shops.paypal", nil, true},
		{"imports within a try", "shop/a.py", "try:\n    import shop.paypal\nexcept ImportError:\n    pass", nil, true},
		{"imports within a branch", "shop/a.py", "if PAYS:\n    import shop.paypal", nil, true},
		{"imports within a function", "shop/a.py", "def f():\n    import shop.paypal", nil, true},
		{"imports relatively", "shop/tasks/a.py", "from .mail import send\nfrom ..models import Order\nfrom . import sms\nfrom .. import tasks", nil, true},
		{"imports relatively what is gone", "shop/tasks/a.py", "from ..mail import send", nil, false},
		{"imports a distribution that shares a name", "ns/kernel/a.py", "import ns.client", []string{"ns/__init__.py"}, true},
		{"imports what a package's folder is called like", "shop/tasks/a.py", "import openid.store", []string{"shop/openid/__init__.py", "shop/openid/views.py"}, true},
		{"a module beside a package of its name", "shop/tasks.py", "", nil, false},
		{"a folder beside a module of its name", "shop/jobs/a.py", "", []string{"shop/jobs.py"}, false},
		{"a package beside a module of its name", "shop/jobs/a.py", "", []string{"shop/jobs.py", "shop/jobs/__init__.py"}, true},
		{"a program beside a module of its name", "shop/jobs/a.py", "if __name__ == '__main__':\n    pass", []string{"shop/jobs.py"}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			paths := slices.Concat([]string{test.file}, test.others, shop)
			a := newAnalyzer(leaks())
			a.Modules = analyzer.NewModules(paths)
			code := []byte(test.code + "\nleak()\n")
			result := a.Tree(t.Context(), []string{test.file}, func(string) ([]byte, error) { return code, nil })
			if findings := result.Files[0].Findings; len(findings) != 1 || findings[0].Preview == test.loads {
				t.Errorf("findings = %v, want one, in preview: %v", findings, !test.loads)
			}
		})
	}
}

// TestOutgrown holds that a finding is in preview in a file that none of the project's releases of Django can import.
func TestOutgrown(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		django  release.Version
		preview bool
	}{{release.Version{}, false}, {release.Version{Major: 1, Minor: 11}, false}, {release.Version{Major: 2}, true}, {release.Version{Major: 5, Minor: 2}, true}} {
		a := newAnalyzer(leaks())
		a.Project = &project.Facts{OldestDjango: test.django}
		code := []byte("from django.core.urlresolvers import reverse\nleak()\n")
		result := a.Tree(t.Context(), []string{"shop/a.py"}, func(string) ([]byte, error) { return code, nil })
		if findings := result.Files[0].Findings; len(findings) != 1 || findings[0].Preview != test.preview {
			t.Errorf("at least Django %v: findings = %v, want one, in preview: %v", test.django, findings, test.preview)
		}
	}
}
