package project_test

import "testing"

func TestNothingDeploys(t *testing.T) {
	t.Parallel()
	const required = "Django==5.2\ndjangorestframework\n"
	for _, test := range []struct {
		name  string
		files map[string]string
		want  bool
	}{
		{"dependencies alone", map[string]string{"requirements.txt": required}, true},
		{"Channels", map[string]string{"requirements.txt": required + "channels\n"}, true},
		{"Channels with its server", map[string]string{"requirements.txt": required + "channels\n", "shop/settings.py": "INSTALLED_APPS = ['daphne']\n"}, false},
		{"the server's module alone", map[string]string{"shop/wsgi.py": "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"}, true},
		{"a developer's environment", map[string]string{"requirements.txt": required, ".env": "SHOP_KEY=secret\n", "docker-compose.dev.yml": "services: {}\n"}, true},
		{"a developer's script", map[string]string{"requirements.txt": required, "run.sh": "python manage.py runserver\n"}, true},
		{"nothing is known", map[string]string{"shop/settings.py": "DEBUG = True\n"}, false},
		{"a server for WSGI is required", map[string]string{"requirements.txt": required + "gunicorn\n"}, false},
		{"a server for ASGI is required", map[string]string{"requirements.txt": required + "daphne\n"}, false},
		{"an image", map[string]string{"requirements.txt": required, "Dockerfile": "FROM python\nCMD [\"/start\"]\n"}, false},
		{"a stack", map[string]string{"requirements.txt": required, "docker-compose.yml": "services:\n  web:\n    build: .\n"}, false},
		{"a unit", map[string]string{"requirements.txt": required, "shop.service": "[Service]\nExecStart=/srv/shop/start\n"}, false},
		{"a script that starts a server", map[string]string{"requirements.txt": required, "run.sh": "waitress-serve shop.wsgi:application &\nexec gunicorn shop.wsgi\n"}, false},
		{"production's environment", map[string]string{"requirements.txt": required, ".env.production": "SHOP_KEY=secret\n"}, false},
		{"a server in front", map[string]string{"requirements.txt": required, "nginx.conf": "server {}\n"}, false},
		{"a platform", map[string]string{"requirements.txt": required, "render.yaml": "services: []\n"}, false},
		{"a task", map[string]string{"requirements.txt": required, "task-definition.json": "{}\n"}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := factsOf(t, test.files).NothingDeploys(); got != test.want {
				t.Errorf("NothingDeploys is %t, want %t", got, test.want)
			}
		})
	}
}
