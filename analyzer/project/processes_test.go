package project_test

import "testing"

func TestOneProcess(t *testing.T) {
	t.Parallel()
	const image = "FROM python\nCMD [\"gunicorn\", \"shop.wsgi\", \"-b\", \"0.0.0.0:8000\"]\n"
	for _, test := range []struct {
		name  string
		files map[string]string
		want  bool
	}{
		{"an image", map[string]string{"Dockerfile": image}, true},
		{"threads", map[string]string{"Dockerfile": "CMD gunicorn shop.wsgi --worker-class gthread --threads 4\n"}, true},
		{"an image that migrates first", map[string]string{"Dockerfile": image, "bin/migrate.sh": "python manage.py migrate\n"}, true},
		{"a server for ASGI", map[string]string{"Dockerfile": "CMD uvicorn shop.asgi:application --host 0.0.0.0\n"}, true},
		{"workers of a server for ASGI", map[string]string{"Dockerfile": "CMD uvicorn shop.asgi:application --workers 2\n"}, false},
		{"a server for ASGI that has no workers", map[string]string{"Dockerfile": "CMD daphne -b 0.0.0.0 shop.asgi:application\n"}, true},
		{"nothing", map[string]string{"shop/settings.py": "DEBUG = False\n"}, false},
		{"a developer's image", map[string]string{"Dockerfile.dev": image}, false},
		{"another framework's", map[string]string{"Dockerfile": "CMD gunicorn shop:app\n"}, false},
		{"workers", map[string]string{"Dockerfile": "CMD gunicorn shop.wsgi -w 4\n"}, false},
		{"workers in one word", map[string]string{"Dockerfile": "CMD gunicorn shop.wsgi -w4\n"}, false},
		{"workers in full", map[string]string{"Dockerfile": "CMD gunicorn shop.wsgi --workers=4\n"}, false},
		{"a configuration", map[string]string{"Dockerfile": "CMD gunicorn shop.wsgi -c python:shop.gunicorn\n"}, false},
		{"a configuration that gunicorn finds", map[string]string{"Dockerfile": image, "gunicorn.conf.py": "workers = 4\n"}, false},
		{"options of the shell", map[string]string{"Dockerfile": "CMD gunicorn shop.wsgi $OPTIONS\n"}, false},
		{"a variable of the image", map[string]string{"Dockerfile": "ENV WEB_CONCURRENCY=4\n" + image}, false},
		{"a variable elsewhere", map[string]string{"Dockerfile": image, ".env.production": "GUNICORN_CMD_ARGS=--workers=4\n"}, false},
		{"a platform's", map[string]string{"Procfile": "web: gunicorn shop.wsgi\n"}, false},
		{"a platform's, with a server that has no workers", map[string]string{"Procfile": "web: daphne shop.asgi:application\n"}, true},
		{"another platform's", map[string]string{"render.yaml": "services:\n  - type: web\n    startCommand: gunicorn shop.wsgi\n"}, false},
		{"another platform's, with such a server", map[string]string{"render.yaml": "services:\n  - startCommand: daphne -p $PORT shop.asgi:application\n"}, true},
		{"several of them on a platform", map[string]string{"render.yaml": "services:\n  - startCommand: daphne shop.asgi:application\n    numInstances: 2\n"}, false},
		{"a worker on a platform", map[string]string{"railway.json": `{"deploy": {"startCommand": "daphne shop.asgi:application & celery -A shop worker"}}`}, false},
		{"a port of the shell's, with such a server", map[string]string{"start.sh": "exec daphne -p $PORT shop.asgi:application\n"}, true},
		{"a worker beside it", map[string]string{"Dockerfile": image, "bin/worker.sh": "celery -A shop worker\n"}, false},
		{"a worker of manage.py beside it", map[string]string{"Dockerfile": image, "bin/worker.sh": "python manage.py qcluster\n"}, false},
		{"another server beside it", map[string]string{"Dockerfile": image, "bin/web.sh": "exec uwsgi --module shop.wsgi\n"}, false},
		{"several of them", map[string]string{"Dockerfile": image, "docker-compose.prod.yml": "services:\n  web:\n    image: shop\n    deploy:\n      replicas: 3\n"}, false},
		{"one of them", map[string]string{"Dockerfile": image, "docker-compose.prod.yml": "services:\n  web:\n    image: shop\n    deploy:\n      replicas: 1\n"}, true},
		{"as many as a chart is told", map[string]string{"Dockerfile": image, "helm/web.yaml": "spec:\n  replicas: {{ .Values.web }}\n"}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := factsOf(t, test.files).OneProcess(); got != test.want {
				t.Errorf("OneProcess is %t, want %t", got, test.want)
			}
		})
	}
}
