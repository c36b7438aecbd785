package project_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/release"
)

func TestDjango(t *testing.T) {
	t.Parallel()
	limit := func(major, minor int) release.Limit { return release.Limit{Major: major, Minor: minor} }
	none := release.Limit{}
	for _, test := range []struct {
		name  string
		files map[string]string
		want  release.Limit
	}{
		{"nothing", nil, none},
		{"another package", map[string]string{"requirements.txt": "django-redis==1.8\ndjango_extensions==1.4\ndjango.js==1.2\n"}, none},
		{"pinned", map[string]string{"requirements.txt": "Django==1.8.19\n"}, limit(1, 9)},
		{"in a file of another name", map[string]string{"pip-requires.txt": "Django==1.8.1\n"}, limit(1, 9)},
		{"in lower case, with extras and hashes", map[string]string{"requirements.txt": "django[argon2,bcrypt] == 4.2.16 \\\n    --hash=sha256:1\n"}, limit(4, 3)},
		{"for an environment", map[string]string{"requirements.txt": "Django==1.11.29; python_version < '3'\nDjango==2.2.28; python_version >= '3'\n"}, limit(2, 3)},
		{"in a comment", map[string]string{"requirements.txt": "# Django==1.8\nDjango\n"}, none},
		{"bounded", map[string]string{"requirements.txt": "Django>=1.11,<2.0  # the last with Python 2\n"}, limit(2, 0)},
		{"unbounded", map[string]string{"requirements.txt": "Django>=1.11\n"}, none},
		{"beside one of another name", map[string]string{"requirements.txt": "-e git+https://github.com/x/y.git#egg=django-shibboleth\nDjango>=1.4,<1.5\n"}, limit(1, 5)},
		{"of a branch", map[string]string{"requirements.txt": "-e git+https://github.com/django/django.git@stable/1.8.x#egg=Django\n"}, none},
		{"of a branch, named first", map[string]string{"requirements.txt": "django @ https://example.org/django-1.8.tar.gz\n"}, none},
		{"in a folder", map[string]string{"requirements/base.txt": "-r more.txt\nDjango==1.8\n", "requirements/prod.txt": "-r base.txt\n"}, limit(1, 9)},
		{"compiled", map[string]string{"requirements.in": "django\n", "requirements.txt": "django==3.2.25\n    # via -r requirements.in\n"}, limit(3, 3)},
		{"compiled in a folder", map[string]string{"requirements.in": "django\n", "requirements/prod.txt": "django==3.2.25\n"}, limit(3, 3)},
		{"by other names", map[string]string{"requirements_versioned.pip": "Django==1.8.14\n"}, limit(1, 9)},
		{"constraints", map[string]string{"constraints.txt": "Django<4.0\n"}, limit(4, 0)},
		{"constraints of what is open", map[string]string{"requirements.txt": "Django\n", "constraints.txt": "Django<4.0\n"}, none},
		{"the newest of two", map[string]string{"requirements.txt": "Django==1.8\n", "deploy/requirements.txt": "Django==2.2\n"}, limit(2, 3)},
		{"another's range", map[string]string{"old/requirements.txt": "Django==1.8\n", "new/requirements.txt": "Django>=4\n"}, none},
		{"another range beside it", map[string]string{"requirements.txt": "Django==1.8\n", "requirements-new.txt": "Django>=4,<5\n"}, limit(5, 0)},
		{"developers' own", map[string]string{"requirements/dev.txt": "Django==1.8\n"}, none},
		{"developers' newer one", map[string]string{"requirements.txt": "Django==1.8\n", "requirements/dev.txt": "Django==2.2\n"}, limit(2, 3)},
		{"developers' open one", map[string]string{"requirements.txt": "Django==1.8\n", "docs/requirements.txt": "Django\n"}, limit(1, 9)},
		{"an example's", map[string]string{"example/requirements.txt": "Django==1.8\n"}, none},
		{"setup.py", map[string]string{"setup.py": "setup(\n    keywords='django',\n    install_requires=['six', 'Django>=1.8,<1.12'],\n)\n"}, limit(1, 12)},
		{"a package's tests", map[string]string{"setup.py": "install_requires=[\"Django >= 1.8\"],\n", "requirements.txt": "Django==1.8\n"}, none},
		{"setup.cfg", map[string]string{"setup.cfg": "[options]\ninstall_requires =\n    django >= 2.2, < 3\n"}, limit(3, 0)},
		{
			"pyproject.toml",
			map[string]string{"pyproject.toml": "[project]\nkeywords = [\"django\"]\ndependencies = [\n  \"django>=4.2,<5.0\",\n  'django-redis',\n]\n"},
			limit(5, 0),
		},
		{"as newer Poetry writes it", map[string]string{"pyproject.toml": "dependencies = [\n  \"django (>=5.1,<6.0)\",\n]\n"}, limit(6, 0)},
		{"Poetry", map[string]string{"pyproject.toml": "[tool.poetry.dependencies]\nDjango = \"^2.2\"\n"}, limit(3, 0)},
		{"Poetry's table", map[string]string{"pyproject.toml": "django = {extras = [\"argon2\"], version = \"~3.2\"}\n"}, limit(3, 3)},
		{"Poetry's branch", map[string]string{"pyproject.toml": "django = {git = \"https://example.org/django\", branch = \"stable/1.8.x\"}\n"}, none},
		{"Poetry's list", map[string]string{"pyproject.toml": "django = [\n  {version = \"^1.11\", python = \"^2.7\"},\n]\n"}, none},
		{
			"Poetry's lock",
			map[string]string{
				"pyproject.toml": "django = \">=1.11\"\n",
				"poetry.lock":    "[[package]]\nname = \"django\"\nversion = \"1.11.29\"\n\n[[package]]\nname = \"django-redis\"\nversion = \"5.0\"\n",
			},
			limit(1, 12),
		},
		{"uv's lock of two", map[string]string{"uv.lock": "[[package]]\nname = \"django\"\nversion = \"4.2.16\"\n\n[[package]]\nname = \"django\"\nversion = \"5.2.1\"\n"}, limit(5, 3)},
		{"a lock of another folder", map[string]string{"pyproject.toml": "dependencies = [\"django>=4\"]\n", "old/uv.lock": "[[package]]\nname = \"django\"\nversion = \"1.11\"\n"}, none},
		{"PDM's lock", map[string]string{"pdm.lock": "[[package]]\r\nname = \"django\"\r\nversion = \"3.2.1\"\r\n"}, limit(3, 3)},
		{"Pipfile", map[string]string{"Pipfile": "[packages]\ndjango = \"==2.2.*\"\n"}, limit(2, 3)},
		{
			"Pipfile.lock",
			map[string]string{
				"Pipfile":      "django = \"*\"\n",
				"Pipfile.lock": "{\n  \"default\": {\n    \"django\": {\n      \"hashes\": [\n        \"sha256:1\"\n      ],\n      \"index\": \"pypi\",\n      \"version\": \"==2.2.28\"\n    }\n  }\n}\n",
			},
			limit(2, 3),
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var together, joined project.Reader
			for file, text := range test.files {
				if !project.Relevant(file) {
					t.Errorf("%s is not relevant", file)
				}
				together.Add(file, []byte(text))
				var one project.Reader
				one.Add(file, []byte(text))
				joined.Join(&one)
			}
			if got := together.Facts().Django; got != test.want {
				t.Errorf("Django = %v, want %v", got, test.want)
			}
			if got := joined.Facts().Django; got != test.want {
				t.Errorf("Django of joined readers = %v, want %v", got, test.want)
			}
		})
	}
}

func TestOutgrewDjango(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		files map[string]string
		want  bool
	}{
		{"nothing", nil, false},
		{"a release before", map[string]string{"requirements.txt": "Django==1.9.1\n"}, false},
		{"the release", map[string]string{"requirements.txt": "Django==1.10\n"}, true},
		{"at least the release", map[string]string{"requirements.txt": "Django>=1.10\n"}, true},
		{"any release", map[string]string{"requirements.txt": "Django\n"}, false},
		{"any release, locked", map[string]string{"requirements.in": "Django\n", "requirements.txt": "Django==2.2.24\n"}, true},
		{"an older one elsewhere", map[string]string{"requirements.txt": "Django==2.2\n", "old/requirements.txt": "Django==1.8\n"}, false},
		{"an older one for tests", map[string]string{"requirements.txt": "Django==2.2\n", "requirements/dev.txt": "Django==1.8\n"}, false},
		{"a package for any", map[string]string{"setup.py": "install_requires=['Django']\n", "requirements.txt": "Django==2.2\n"}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var reader project.Reader
			for file, text := range test.files {
				reader.Add(file, []byte(text))
			}
			if got := reader.Facts().OutgrewDjango(release.Limit{Major: 1, Minor: 10}); got != test.want {
				t.Errorf("OutgrewDjango = %v, want %v", got, test.want)
			}
		})
	}
	var none *project.Facts
	if known := (&project.Facts{OldestDjango: release.Version{Major: 5}}); known.OutgrewDjango(release.Limit{}) || none.OutgrewDjango(release.Limit{Major: 1}) {
		t.Error("without a limit, or with nothing known, OutgrewDjango = true")
	}
}
