package selection_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/selection"
)

func TestFile(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name             string
		include, exclude []string
		path             string
		want             bool
	}{
		{name: "a module", path: "shop/views.py", want: true},
		{name: "at the root", path: "manage.py", want: true},
		{name: "outside", path: "../shop/views.py", want: true},
		{name: "an interface", path: "shop/views.pyi"},
		{name: "no Python", path: "pyproject.toml"},
		{name: "a name that only ends so", path: "shop/py"},

		{name: "hidden folder", path: ".github/scripts/run.py"},
		{name: "hidden file", path: "shop/.local.py", want: true},
		{name: "virtual environment", path: "venv/bin/activate_this.py"},
		{name: "hidden virtual environment", path: ".venv/lib/six.py"},
		{name: "site-packages", path: "env/lib/python3.12/site-packages/six.py"},
		{name: "node_modules", path: "front/node_modules/gyp/gyp.py"},
		{name: "vendor", path: "vendor/six.py"},
		{name: "vendor beside", path: "vendor-local/lib/python/six.py"},
		{name: "third party", path: "shop/third_party/six.py"},
		{name: "build", path: "build/lib/shop/views.py"},
		{name: "dist", path: "dist/shop.py"},
		{name: "a file called so", path: "shop/build.py", want: true},
		{name: "a folder called nearly so", path: "builds/models.py", want: true},
		{name: "protocol buffers", path: "shop/cart_pb2.py"},
		{name: "protocol buffers' services", path: "shop/cart_pb2_grpc.py", want: true},

		{name: "included", include: []string{"shop/**"}, path: "shop/a/views.py", want: true},
		{name: "not included", include: []string{"shop/**"}, path: "blog/views.py"},
		{name: "one of two globs", include: []string{"shop/**", "blog/*.py"}, path: "blog/views.py", want: true},
		{name: "a folder without stars", include: []string{"shop"}, path: "shop/a/views.py", want: true},
		{name: "a folder with a slash", include: []string{"./shop/"}, path: "shop/a/views.py", want: true},
		{name: "at any depth", include: []string{"**/views.py"}, path: "shop/a/views.py", want: true},
		{name: "at the root only", include: []string{"views.py"}, path: "shop/views.py"},
		{name: "a whole path", include: []string{"shop/views.py"}, path: "shop/views.py", want: true},
		{name: "alternatives", include: []string{"{shop,blog}/**"}, path: "blog/views.py", want: true},
		{name: "included, no Python", include: []string{"**"}, path: "README.md"},

		{name: "vendor by name", include: []string{"vendor/**"}, path: "vendor/six.py", want: true},
		{name: "vendor by name alone", include: []string{"vendor"}, path: "vendor/six.py", want: true},
		{name: "vendor among alternatives", include: []string{"{lib,vendor}/**"}, path: "vendor/six.py", want: true},
		{name: "vendor by its file", include: []string{"vendor/six.py"}, path: "vendor/six.py", want: true},
		{name: "vendor by stars", include: []string{"**"}, path: "vendor/six.py"},
		{name: "vendor by one star", include: []string{"*/six.py"}, path: "vendor/six.py"},
		{name: "hidden by name", include: []string{".ci/**"}, path: ".ci/run.py", want: true},
		{name: "hidden by a dot", include: []string{".*/**"}, path: ".ci/run.py", want: true},
		{name: "hidden by a star", include: []string{"*.*/**"}, path: ".ci/run.py"},
		{name: "another inside", include: []string{"vendor/**"}, path: "vendor/node_modules/gyp.py"},
		{name: "both by name", include: []string{"vendor/node_modules"}, path: "vendor/node_modules/gyp.py", want: true},
		{name: "protocol buffers by name", include: []string{"**/*_pb2.py"}, path: "shop/cart_pb2.py", want: true},
		{name: "one protocol buffer by name", include: []string{"shop/cart_pb2.py"}, path: "shop/cart_pb2.py", want: true},
		{name: "protocol buffers by stars", include: []string{"**/*.py"}, path: "shop/cart_pb2.py"},

		{name: "excluded", exclude: []string{"shop/**"}, path: "shop/views.py"},
		{name: "excluded folder", exclude: []string{"shop"}, path: "shop/a/views.py"},
		{name: "exclusion goes first", include: []string{"shop/**"}, exclude: []string{"shop/a"}, path: "shop/a/views.py"},
		{name: "not excluded", exclude: []string{"shop/**"}, path: "blog/views.py", want: true},
		{name: "exclusion does not name", exclude: []string{"other"}, path: "vendor/six.py"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			choice, err := selection.New(test.include, test.exclude)
			if err != nil {
				t.Fatal(err)
			}
			if got := choice.File(test.path); got != test.want {
				t.Errorf("File(%q) = %v with include %q, exclude %q; want %v", test.path, got, test.include, test.exclude, test.want)
			}
		})
	}
}

func TestFolder(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name             string
		include, exclude []string
		folder           string
		want             bool
	}{
		{name: "the root", folder: ".", want: true},
		{name: "above", folder: "../shop", want: true},
		{name: "a package", folder: "shop", want: true},
		{name: "hidden", folder: ".git"},
		{name: "deep", folder: "front/node_modules"},
		{name: "by name", include: []string{"**/build/**"}, folder: "a/build", want: true},
		{name: "not included may hold included", include: []string{"a/b/**"}, folder: "a", want: true},
		{name: "excluded", exclude: []string{"**/old"}, folder: "a/old"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			choice, err := selection.New(test.include, test.exclude)
			if err != nil {
				t.Fatal(err)
			}
			if got := choice.Folder(test.folder); got != test.want {
				t.Errorf("Folder(%q) = %v, want %v", test.folder, got, test.want)
			}
		})
	}
}

func TestWithin(t *testing.T) {
	t.Parallel()
	choice, err := selection.New(nil, []string{"vendor/old"})
	if err != nil {
		t.Fatal(err)
	}
	choice = choice.Within("vendor")
	for _, test := range []struct {
		path string
		want bool
	}{
		{"vendor/six.py", true},
		{"vendor/node_modules/gyp.py", false},
		{"vendor/vendor/six.py", false},
		{"vendor/old/six.py", false},
		{"build/six.py", false},
	} {
		if got := choice.File(test.path); got != test.want {
			t.Errorf("File(%q) = %v within vendor, want %v", test.path, got, test.want)
		}
	}
	if !choice.Folder("vendor") {
		t.Error("the folder that was asked for is left out")
	}
}

func TestEnvironment(t *testing.T) {
	t.Parallel()
	unnamed, named := &selection.Selection{}, mustNew(t, "deploy/env/**")
	if unnamed.Environment("deploy/env") {
		t.Error("an environment that nobody names is chosen")
	}
	if !named.Environment("deploy/env") {
		t.Error("an environment that is included by name is left out")
	}
}

func TestNamed(t *testing.T) {
	t.Parallel()
	for include, want := range map[string]bool{
		"**":             false,
		"shop/*.py":      false,
		"shop":           false,
		"shop/schema.py": true,
		"**/schema.py":   true,
	} {
		if got := mustNew(t, include).Named("shop/schema.py"); got != want {
			t.Errorf("Named with include %q = %v, want %v", include, got, want)
		}
	}
}

func TestNewNamesTheWrongGlob(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		include, exclude []string
		want             string
	}{
		{include: []string{"ok", "[a"}, want: `"[a" is not a glob; write one such as "shop/**/*.py"`},
		{exclude: []string{"{a,b"}, want: `"{a,b" is not a glob; write one such as "shop/**/*.py"`},
		{exclude: []string{""}, want: `"" is not a glob; write one such as "shop/**/*.py"`},
		{exclude: []string{"/"}, want: `"/" is not a glob; write one such as "shop/**/*.py"`},
	} {
		_, err := selection.New(test.include, test.exclude)
		if err == nil || err.Error() != test.want {
			t.Errorf("New(%q, %q) = %v, want %q", test.include, test.exclude, err, test.want)
		}
	}
}

func mustNew(t *testing.T, include string) *selection.Selection {
	t.Helper()
	choice, err := selection.New([]string{include}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return choice
}

func TestGenerated(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, content string
		want          bool
	}{
		{"empty", "", false},
		{"plain", "x = 1\n", false},
		{"first line", "# @generated by a tool\nx = 1\n", true},
		{"as Go does", "# Code generated by a tool. DO NOT EDIT.\n", true},
		{"below others", "#!/usr/bin/env python\n# coding: utf-8\n\n#\n#  DO NOT EDIT\n", true},
		{"mark of byte order", "\ufeff# @generated\n", true},
		{"CRLF", "# one\r\n# @generated\r\nx = 1\r\n", true},
		{"docstring", "\"\"\"Models.\n\n@generated\n\"\"\"\nx = 1\n", true},
		{"docstring below a comment", "# one\nr'''DO NOT EDIT'''\n", true},
		{"short docstring", "'DO NOT EDIT'\n", true},
		{"behind the docstring", "\"\"\"Models.\"\"\"\n# @generated\n", false},
		{"in code", "x = 1  # @generated\n", false},
		{"below code", "x = 1\n# @generated\n", false},
		{"in a string of code", "MARK = '@generated'\n", false},
		{"a migration", "# Generated by Django 5.2 on 2025-04-02\n", false},
		{"other case", "# do not edit\n", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := selection.Generated([]byte(test.content)); got != test.want {
				t.Errorf("Generated(%q) = %v, want %v", test.content, got, test.want)
			}
		})
	}
}

func TestIsTemplate(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"shop/order.html": true, "shop/templates/mail/order.txt": true, "jinja2/order": true, "shop/order.txt": false,
		"shop/templates/order.py": false, "templates.txt": false,
	} {
		if got := selection.IsTemplate(name); got != want {
			t.Errorf("IsTemplate(%q) = %t, want %t", name, got, want)
		}
	}
}

func TestKindOf(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path string
		want selection.Kind
	}{
		{"shop/models.py", selection.Code},
		{"manage.py", selection.Code},
		{"bin/manage", selection.Code},
		{"tests/run", selection.Test},
		{"deploy/Dockerfile.py", selection.Code},
		{"Dockerfile", selection.Deployment},
		{"shop/testing.py", selection.Code},
		{"shop/latest.py", selection.Code},
		{"settings.py", selection.Settings},
		{"shop/settings.py", selection.Settings},
		{"config/settings/base.py", selection.Settings},
		{"config/settings/__init__.py", selection.Settings},
		{"apps/settings/models.py", selection.Code},
		{"apps/settings/views.py", selection.Code},
		{"shop/settings_local.py", selection.Settings | selection.Code},
		{"config/settings/parts/cache.py", selection.Settings | selection.Code},
		{"settings/management/commands/load.py", selection.Settings | selection.Code},
		{"config/production.py", selection.Settings | selection.Code},
		{"shop/config/base.py", selection.Settings | selection.Code},
		{"conf/settings/prod.py", selection.Settings},
		{"settings/production/cache.py", selection.Settings | selection.Code},
		{"shop/config/loader.py", selection.Code},
		{"shop/production.py", selection.Code},
		{"gunicorn.conf.py", selection.Settings | selection.Code},
		{"deploy/gunicorn_conf.py", selection.Settings | selection.Code},
		{"shop/celery.py", selection.Settings | selection.Code},
		{"shop/celeryconfig.py", selection.Settings | selection.Code},
		{"tests/celery.py", selection.Test},
		{"shop/local_settings.py", selection.Settings | selection.Code},
		{"shop/migrations/0001_initial.py", selection.Migration},
		{"migrations/0001_initial.py", selection.Migration},
		{"shop/migrations/sql/load.py", selection.Code},
		{"shop/tests.py", selection.Test},
		{"shop/tests_old.py", selection.Test},
		{"shop/test_views.py", selection.Test},
		{"shop/views_test.py", selection.Test},
		{"conftest.py", selection.Test},
		{"tests/factories.py", selection.Test},
		{"tests/migrations/0001_initial.py", selection.Test},
		{"tests/shop/settings.py", selection.Test},
		{"shop/migrations/test_0001.py", selection.Test},
		{"shop/test/models.py", selection.Test},
		{"shop/e2e_tests/pages.py", selection.Test},
		{"unittests/shop.py", selection.Test},
		{"shop/testdatabuilder/orders.py", selection.Test},
		{"shop/contests/models.py", selection.Code},
		{"shop/factories.py", selection.Test},
		{"shop/factories/orders.py", selection.Test},
		{"features/steps/orders.py", selection.Test},
		{"shop/features/environment.py", selection.Test},
		{"shop/features/steps.py", selection.Code},
		{"shop/features/flags/environment.py", selection.Code},
		{"steps/features/orders.py", selection.Code},
	} {
		if got := selection.KindOf(test.path); got != test.want {
			t.Errorf("KindOf(%q) = %b, want %b", test.path, got, test.want)
		}
	}
}

func TestDeploymentFiles(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		".env": true, ".env.production": true, "deploy/prod.env": true, "docker-compose.yml": true, "compose.prod.yaml": true,
		"chart/values.yaml": true, "settings.toml": true, ".secrets.toml": true, "uwsgi.ini": true, "shop_uwsgi.ini": true,
		"web.service": true, "supervisord.conf": true, "nginx.conf": false, "bin/start.sh": true, "Procfile": true, "Procfile.dev": true, "Dockerfile": true, "web.Dockerfile": true,
		"pyproject.toml": false, "tox.ini": false, "data.yml": false, "environment": false, "README.md": false, "logo.png": false,
	} {
		if got := new(selection.Selection).File(name); got != want {
			t.Errorf("File(%q) = %v, want %v", name, got, want)
		}
		if kind := selection.KindOf(name); want && kind != selection.Deployment {
			t.Errorf("KindOf(%q) = %b, want a deployment", name, kind)
		}
	}
}
