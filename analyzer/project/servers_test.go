package project_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/project"
)

func TestDoubtsASGI(t *testing.T) {
	t.Parallel()
	const both = "Django\ngunicorn==23.0\nuvicorn==0.35\n"
	for _, test := range []struct {
		name  string
		files map[string]string
		want  bool
	}{
		{"both are required", map[string]string{"requirements.txt": both}, true},
		{"both are required, in TOML", map[string]string{"pyproject.toml": "[project]\ndependencies = [\n    \"gunicorn>=23\",\n    \"uvicorn>=0.35\",\n]\n"}, true},
		{"in files of their own", map[string]string{"requirements/base.txt": "uvicorn\n", "requirements/production.txt": "uwsgi\n"}, true},
		{"ASGI is required, WSGI started", map[string]string{"requirements.txt": "uvicorn\n", "Procfile": "web: gunicorn shop.wsgi\n"}, true},
		{"ASGI alone is required", map[string]string{"requirements.txt": "Django\nuvicorn\n"}, false},
		{"WSGI alone is required", map[string]string{"requirements.txt": "Django\ngunicorn\n"}, false},
		{"WSGI is required for development", map[string]string{"requirements.txt": "uvicorn\n", "requirements-dev.txt": "gunicorn\n"}, false},
		{"ASGI is started", map[string]string{"requirements.txt": both, "Procfile": "web: uvicorn shop.asgi:application\n"}, false},
		{"something is started with it", map[string]string{"requirements.txt": both, "Procfile": "web: uvicorn $APP\n"}, false},
		{"its worker is started", map[string]string{"requirements.txt": both, "Procfile": "web: gunicorn shop.asgi -k uvicorn.workers.UvicornWorker\n"}, false},
		{"ASGI is started by developers", map[string]string{"requirements.txt": both, "docker-compose.dev.yml": "web:\n  command: uvicorn shop.asgi:app --reload\n"}, false},
		{"settings name an application", map[string]string{"requirements.txt": both, "shop/settings.py": "ASGI_APPLICATION = 'shop.asgi.application'\n"}, false},
		{"nothing", map[string]string{"shop/settings.py": "DEBUG = False\n"}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var joined project.Reader
			for file, text := range test.files {
				var one project.Reader
				one.Add(file, []byte(text))
				joined.Join(&one)
			}
			if got := joined.Facts().DoubtsASGI(); got != test.want {
				t.Errorf("DoubtsASGI is %t, want %t", got, test.want)
			}
		})
	}
}
