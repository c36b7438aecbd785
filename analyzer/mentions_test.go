package analyzer_test

import (
	"io/fs"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/selection"
)

// TestMentions holds that what no file of a whole project names is told in preview, and elsewhere is not.
func TestMentions(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"web/manage.py": "",
		"web/shop/a.py": "def called():\n    leak()\n\ndef uncalled():\n    leak()\n\ndef go():\n    leak()\n\ndef tested():\n    leak()\n\n" +
			"def in_text():\n    leak()\n\ndef in_comment():\n    leak()\n\ndef in_generated():\n    leak()\n\ndef in_itself():\n    leak()\n\n" +
			"def uncalled_too():\n    in_itself()\n\nclass InSuperView(Page):\n    def get(self):\n        super(InSuperView, self).get()\n        leak()\n",
		"web/b.py":            "from shop.a import called, tested\ncalled()\nNAMES = ['shop.a.in_text']\n# in_comment()\ndef uncalled():\n    pass\n",
		"web/c.py":            "# @generated\nfrom shop.a import in_generated\n",
		"web/test_a.py":       "tested()\n",
		"other/b.py":          "def uncalled_here():\n    leak()\n\nuncalled()\n",
		"web/inner/manage.py": "",
		"web/inner/b.py":      "def outside():\n    leak()\n",
		"web/d.py":            "import inner.b\noutside()",
		"tool/manage-live.py": "",
		"tool/b.py":           "def uncalled_either():\n    leak()\n",
	}
	read := func(path string) ([]byte, error) { return []byte(files[path]), nil }
	all := slices.Sorted(maps.Keys(files))
	inShop := map[string]bool{
		"called": false, "uncalled": true, "go": false, "tested": true, "in_text": false, "in_comment": true, "in_generated": false,
		"in_itself": true, "InSuperView.get": true, // Nobody names who says in_itself.
	}
	everywhere := maps.Clone(inShop)
	everywhere["uncalled_here"], everywhere["outside"], everywhere["uncalled_either"] = false, false, true
	known := newAnalyzer(leaks())
	known.Mentions = &analyzer.Mentions{Paths: all, Read: read}
	for _, test := range []struct {
		name     string
		analyzer *analyzer.Analyzer
		paths    []string
		want     map[string]bool
	}{
		{"all files", known, all, everywhere},
		{"a file that is looked at once more, as after a fix", known, []string{"web/shop/a.py"}, inShop},
		{"without all files", newAnalyzer(leaks()), []string{"other/b.py"}, map[string]bool{"uncalled_here": false}},
	} {
		got := make(map[string]bool)
		for _, file := range test.analyzer.Tree(t.Context(), test.paths, read).Files {
			for _, f := range file.Findings {
				got[f.Scope] = f.Preview
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: in preview (-want +got):\n%s", test.name, diff)
		}
	}
}

// TestMentionsOfOne holds which mentions of a function, a view, a method or a module count.
func TestMentionsOfOne(t *testing.T) {
	t.Parallel()
	const unreadable = "unreadable"
	const function = "def export():\n    leak()\n"
	const method = "from django.db.models import Model\nclass Order(Model):\n    def lines(self):\n        leak()\n        self.parent.lines()\n"
	const view = "from django.views import View\nclass Upload(View):\n    def get(self, request):\n        leak()\n"
	for _, test := range []struct {
		name, code string
		// others are files of the project beside shop/tools.py.
		others  map[string]string
		preview bool
	}{
		{"a method by itself", method, map[string]string{"shop/views.py": "import shop.tools\n"}, true},
		{"a method by itself and a test", method, map[string]string{"shop/views.py": "import shop.tools\n", "shop/tests.py": "order.lines()\n"}, true},
		{"a method by code", method, map[string]string{"shop/views.py": "import shop.tools\norder.lines()\n"}, false},
		{"a method by another's of its name", method, map[string]string{
			"shop/models.py": "import shop.tools\nfrom django.db.models import Model\nclass Line(Model):\n    def lines(self):\n        return self.order.lines()\n",
		}, true},
		{"a method by one of its name that others call", method, map[string]string{
			"shop/models.py": "import shop.tools\nclass Page(Base):\n    def lines(self):\n        return self.order.lines()\n",
		}, false},
		{"a method in a template", method, map[string]string{"shop/views.py": "import shop.tools\n", "shop/page.html": "{{ order.lines }}"}, false},
		{"another word in a template", method, map[string]string{"shop/views.py": "import shop.tools\n", "shop/page.html": "{{ order.outlines }}"}, true},
		{"a method where a template cannot be read", method, map[string]string{"shop/views.py": "import shop.tools\n", "shop/page.html": unreadable}, false},
		{"a function in a template", function, map[string]string{"shop/views.py": "import shop.tools\n", "shop/page.html": "export"}, true},
		{"used where it is imported", function, map[string]string{"shop/views.py": "from .tools import export\nexport()\n"}, false},
		{"imported and not used", function, map[string]string{"shop/views.py": "from .tools import export\n"}, true},
		{"imported under another name", function, map[string]string{"shop/views.py": "from .tools import export as e\ne()\n"}, false},
		{"handed on by a package", function, map[string]string{"shop/__init__.py": "from .tools import export\n"}, false},
		{"in __all__ alone", "__all__ = ['export']\n" + function, map[string]string{"shop/views.py": "import shop.tools\n"}, true},
		{"through its module", function, map[string]string{"shop/views.py": "from shop import tools\nlib.export()\n"}, false},
		{"in a doctest", function, map[string]string{"shop/views.py": "from . import tools\nTESTS = \"\"\"\n    >>> export()\n\"\"\"\n"}, true},
		{"in a doctest of what breaks off", function, map[string]string{"shop/views.py": "from . import tools\nTESTS = \"\"\"\n>>> export()\n\"\"\"\nprint 1\n"}, true},
		{"in a text of several lines", function, map[string]string{"shop/views.py": "from . import tools\nTEXT = \"\"\"\n>>>\ntools.export\n\"\"\"\n"}, false},
		{"by a star", function, map[string]string{"shop/views.py": "from .tools import *\nexport()\n"}, false},
		{"as the name of another's route", function, map[string]string{
			"shop/urls.py": "import shop.tools\nfrom club import views\npath('export/', views.page, name='export')\n", "site/urls.py": "include('shop.urls')\n",
		}, true},
		{"as a route's view by its dotted name", function, map[string]string{
			"shop/urls.py": "import shop.tools\nurl('^x$', 'shop.tools.export', name='export')\n", "site/urls.py": "include('shop.urls')\n",
		}, false},
		{"in a docstring", function, map[string]string{"shop/views.py": "\"\"\"See export().\"\"\"\nimport shop.tools\n"}, true},
		{"by itself", "def export():\n    leak()\n    export()\n", map[string]string{"shop/views.py": "import shop.tools\n"}, true},
		{"another of its name", function, map[string]string{"shop/views.py": "import shop.tools\ndef export():\n    pass\nexport()\n"}, true},
		{"another's of its name", function, map[string]string{
			"shop/views.py": "import shop.tools\nfrom club.tools import export\nexport()\n", "club/tools.py": "def export():\n    pass\n",
		}, true},
		{"another's method of its name", function, map[string]string{"shop/views.py": "import shop.tools\nclass A:\n    def f(self):\n        self.export()\n"}, true},
		{"a distribution's of its name", function, map[string]string{"shop/views.py": "import shop.tools\nfrom reports.core import export\nexport()\n"}, true},
		{"what hands it on", function, map[string]string{
			"shop/views.py": "import shop.tools\nfrom club.tools import export\nexport()\n", "club/tools.py": "from shop.tools import *\n",
		}, false},
		{"by what is named", function, map[string]string{
			"shop/views.py": "from .tools import export\ndef page(request):\n    export()\n", "shop/urls.py": "from . import views\nviews.page\n",
			"site/urls.py": "include('shop.urls')\n",
		}, false},
		{"by what nobody names", function, map[string]string{"shop/views.py": "from .tools import export\ndef page(request):\n    export()\n"}, true},
		{"in URLs that nobody includes", view, map[string]string{"shop/urls.py": "from .tools import Upload\nUpload.as_view()\n", "site/urls.py": "include('club.urls')\n"}, true},
		{"in URLs that are included by a part of their name", view, map[string]string{
			"shop/urls.py": "from .tools import Upload\nUpload.as_view()\n", "site/urls.py": "include(app + '.urls')\n",
		}, false},
		{"in the root of all URLs", view, map[string]string{"shop/urls.py": "from .tools import Upload\nUpload.as_view()\n", "shop/wsgi.py": ""}, false},
		{"a view by itself", "from django.views import View\nclass Upload(View):\n    def get(self, request):\n        leak()\n        super(Upload, self).get()\n", map[string]string{"shop/views.py": "import shop.tools\n"}, true},
		{"a view in a comment", view, map[string]string{"shop/urls.py": "from .tools import Upload\n# Upload.as_view()\n"}, true},
		{"a view whose method is decorated", "from drf_yasg import schema\nfrom django.views import View\nclass Upload(View):\n    @schema\n    def get(self, request):\n        leak()\n", map[string]string{"shop/views.py": "import shop.tools\n"}, true},
		{"a module in a text", view, map[string]string{"shop/views.py": "x.Upload\nMODULES = ['tools', 'club']\n"}, false},
		{"a module's name as a word", view, map[string]string{"shop/views.py": "x.Upload\nprint('the tools is {}', tools)\n"}, true},
		{"another module of its name", view, map[string]string{"shop/views.py": "x.Upload\nimport club.tools\n"}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			files := maps.Clone(test.others)
			files["manage.py"], files["shop/tools.py"] = "", test.code
			read := func(path string) ([]byte, error) {
				if files[path] == unreadable {
					return nil, fs.ErrNotExist
				}
				return []byte(files[path]), nil
			}
			a := newAnalyzer(leaks())
			a.Mentions = &analyzer.Mentions{Read: read}
			for _, path := range slices.Sorted(maps.Keys(files)) {
				if selection.IsTemplate(path) {
					a.Mentions.Templates = append(a.Mentions.Templates, path)
				} else {
					a.Mentions.Paths = append(a.Mentions.Paths, path)
				}
			}
			findings := a.Tree(t.Context(), []string{"shop/tools.py"}, read).Files[0].Findings
			if len(findings) != 1 || findings[0].Preview != test.preview {
				t.Errorf("findings = %v, want one, in preview: %v", findings, test.preview)
			}
		})
	}
}

// TestShortModules holds that a module with a short name, such as io, is looked for, as any other is.
func TestShortModules(t *testing.T) {
	t.Parallel()
	for other, want := range map[string]bool{"import shop.io\n": false, "from . import io\n": false, "import io\n": false, "from club import io\n": true, "io = 1\n": true} {
		files := map[string]string{"manage.py": "", "shop/__init__.py": "", "shop/io.py": "def f():\n    leak()\nf()\n", "shop/views.py": other}
		read := func(path string) ([]byte, error) { return []byte(files[path]), nil }
		a := newAnalyzer(leaks())
		a.Mentions = &analyzer.Mentions{Paths: slices.Sorted(maps.Keys(files)), Read: read}
		findings := a.Tree(t.Context(), []string{"shop/io.py"}, read).Files[0].Findings
		if len(findings) != 1 || findings[0].Preview != want {
			t.Errorf("%q: findings = %v, want one, in preview: %t", other, findings, want)
		}
	}
}

// TestDoubts holds that code which imports what its module lacks is told in preview, and so are copies of well-known distributions.
func TestDoubts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, file, code string
		others           map[string]string
		preview          bool
	}{
		{"imports what is there", "shop/a.py", "from shop.models import Order\nleak()\n", nil, false},
		{"imports what is gone", "shop/a.py", "from shop.models import Contract\nleak()\n", nil, true},
		{"imports what is part of a name", "shop/a.py", "from shop.lines import Order\nleak()\n", map[string]string{"shop/lines.py": "class OrderLine:\n    pass\n"}, true},
		{"imports relatively what is gone", "shop/a.py", "from .models import Contract\nleak()\n", nil, true},
		{"imports a module of a package", "shop/a.py", "from . import models\nfrom .jobs import mail\nleak()\n", map[string]string{"shop/jobs/mail.py": ""}, false},
		{"in front of the code", "shop/a.py", "def f():\n    try:\n        from shop.models import Contract\n        leak()\n    except Exception:\n        pass\nf()\n", nil, true},
		{"behind the code", "shop/a.py", "def f():\n    leak()\n    from shop.models import Contract\nf()\n", nil, false},
		{"in a try beside the code", "shop/a.py", "try:\n    from shop.models import Contract\nexcept ImportError:\n    pass\nleak()\n", nil, false},
		{"in front of the code, a module that is gone", "shop/a.py", "def f():\n    from shop.paypal import pay\n    leak()\nf()\n", nil, true},
		{"a module that gets names at run time", "shop/a.py", "from shop.models import Contract\nleak()\n", map[string]string{"shop/models.py": "from club import *\n"}, false},
		{"one of two modules", "shop/a.py", "from shop.models import Contract\nleak()\n", map[string]string{"tools/shop/models.py": "class Contract: pass\n"}, false},
		{"what a build brings", "shop/a.py", "from shop.models import __version__\nleak()\n", nil, false},
		{"another's module", "shop/a.py", "from shop.models import Order\nfrom club.models import Contract\nleak()\n", nil, false},
		{"models by the last name of their application", "apps/club/a.py", "from club.models import Member\nleak()\n", map[string]string{
			"apps/__init__.py": "", "apps/club/__init__.py": "", "apps/club/models.py": "class Member: pass\n", "settings.py": "INSTALLED_APPS = ['apps.club']\n",
		}, true},
		{"models by the last name of an application in a folder that is no package", "apps/club/a.py", "from club.models import Member\nleak()\n", map[string]string{
			"apps/club/__init__.py": "", "apps/club/models.py": "class Member: pass\n", "settings.py": "INSTALLED_APPS = ['apps.club']\n",
		}, true},
		{"models by the last name of an application that is installed so", "apps/club/a.py", "from club.models import Member\nleak()\n", map[string]string{
			"apps/__init__.py": "", "apps/club/__init__.py": "", "apps/club/models.py": "class Member: pass\n", "settings.py": "INSTALLED_APPS = ['club']\n",
		}, false},
		{"models from a folder that is put on the search path", "apps/club/a.py", "from club.models import Member\nleak()\n", map[string]string{
			"apps/__init__.py": "", "apps/club/__init__.py": "", "apps/club/models.py": "class Member: pass\n",
			"settings.py": "sys.path.insert(0, 'apps')\nINSTALLED_APPS = ['apps.club']\n",
		}, false},
		{"models of another application of that name", "apps/club/a.py", "from club.models import Member\nleak()\n", map[string]string{
			"apps/__init__.py": "", "apps/club/__init__.py": "", "settings.py": "INSTALLED_APPS = ['apps.club']\n",
		}, false},
		{"models of an application that is gone", "shop/a.py", "from club.models import Member\nMember.objects.all()\nleak()\n", map[string]string{
			"settings.py": "INSTALLED_APPS = ['shop']\n",
		}, true},
		{"a class beside models of an application that is gone", "shop/a.py", "from club.models import Base\nleak()\n", map[string]string{
			"settings.py": "INSTALLED_APPS = ['shop']\n",
		}, false},
		{"models of an application that is installed", "shop/a.py", "from club.models import Member\nMember.objects.all()\nleak()\n", map[string]string{
			"settings.py": "INSTALLED_APPS = DJANGO_APPS + ['shop']\n", "apps.py": "OUR_APPS = ['club.apps.ClubConfig']\n",
		}, false},
		{"models of an application where nobody sees the list", "shop/a.py", "from club.models import Member\nMember.objects.all()\nleak()\n", map[string]string{
			"settings.py": "INSTALLED_APPS = found()\n",
		}, false},
		{"a library's models of an application", "shop/a.py", "from club.models import Member\nMember.objects.all()\nleak()\n", map[string]string{
			"settings.py": "INSTALLED_APPS = ['shop']\n", "setup.py": "",
		}, false},
		{"a copy", "allauth/a.py", "leak()\n", map[string]string{"allauth/__init__.py": "__version__ = '0.45'\n"}, true},
		{"an application of that name", "allauth/a.py", "leak()\n", map[string]string{"allauth/__init__.py": ""}, false},
		{"a copy that names its repository", "ninja_jwt/a.py", "# Copyright 2021\n# https://github.com/x/django-ninja-jwt\nleak()\n", nil, true},
		{"an application that links to another's issue", "ninja_jwt/a.py", "# https://github.com/x/django-ninja-jwt/issues/1\nleak()\n", nil, false},
		{"the distribution itself, with its repository", "ninja_jwt/a.py", "# https://github.com/x/django-ninja-jwt\nleak()\n", map[string]string{"setup.py": ""}, false},
		{"the distribution itself", "allauth/a.py", "leak()\n", map[string]string{"allauth/__init__.py": "__version__ = '0.45'\n", "setup.py": ""}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{"manage.py": "", "start.py": "import shop.a\n", "shop/__init__.py": "", "shop/models.py": "class Order: pass\n"}
			maps.Copy(files, test.others)
			files[test.file] = test.code
			read := func(path string) ([]byte, error) { return []byte(files[path]), nil }
			paths := slices.Sorted(maps.Keys(files))
			a := newAnalyzer(leaks())
			a.Mentions, a.Modules = &analyzer.Mentions{Paths: paths, Read: read}, analyzer.NewModules(paths)
			findings := a.Tree(t.Context(), []string{test.file}, read).Files[0].Findings
			if len(findings) != 1 || findings[0].Preview != test.preview {
				t.Errorf("findings = %v, want one, in preview: %v", findings, test.preview)
			}
		})
	}
}
