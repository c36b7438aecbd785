package project_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/release"
)

func TestFacts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		files map[string]string
		want  project.Facts
	}{
		{"nothing", map[string]string{"Procfile": "web: python manage.py runserver\n"}, project.Facts{}},
		{"WSGI", map[string]string{"Procfile": "web: gunicorn shop.wsgi\n"}, project.Facts{WSGI: true}},
		{"a server of what a variable names", map[string]string{"entrypoint.sh": "do_gosu \"$USER\" exec gunicorn \"${GUNICORN_APP}\" -c \"${GUNICORN_CONF}\"\n"}, project.Facts{WSGI: true}},
		{"a worker of what a variable names", map[string]string{"entrypoint.sh": "exec gunicorn $APP_MODULE -k $WORKER_CLASS\n"}, project.Facts{}},
		{"a development server in production", map[string]string{"Procfile": "web: python manage.py runserver_plus 0.0.0.0:80\n"}, project.Facts{WSGI: true}},
		{"a developer's WSGI", map[string]string{"Procfile.dev": "web: gunicorn shop.wsgi\n"}, project.Facts{}},
		{
			"both",
			map[string]string{"docker/web": "exec uwsgi --module shop.wsgi\n", "docker/sockets": "exec daphne shop.asgi:application\n"},
			project.Facts{ASGI: project.Evidence{Strength: project.Certain, Where: "docker/sockets:1"}, WSGI: true},
		},
		{
			"a command",
			map[string]string{"Procfile": "web: daphne -p $PORT shop.asgi:application\n"},
			project.Facts{ASGI: project.Evidence{Strength: project.Certain, Where: "Procfile:1"}, Alone: true},
		},
		{
			"a worker class",
			map[string]string{"Dockerfile": "FROM x\nCMD [\"gunicorn\", \"-k\", \"uvicorn.workers.UvicornWorker\", \"shop.asgi\"]\n"},
			project.Facts{ASGI: project.Evidence{Strength: project.Certain, Where: "Dockerfile:2"}, Alone: true},
		},
		{
			"a stage for developers before that of production",
			map[string]string{"Dockerfile": "FROM x AS development\nCMD uvicorn shop.asgi:application --reload\nFROM x AS production\nCMD uvicorn shop.asgi:application\n"},
			project.Facts{ASGI: project.Evidence{Strength: project.Certain, Where: "Dockerfile:4"}, Alone: true},
		},
		{
			"a dependency",
			map[string]string{"requirements.txt": "Django\nuvicorn[standard]==0.30  # server\n"},
			project.Facts{ASGI: project.Evidence{Strength: project.Likely, Where: "requirements.txt:2"}, Requirements: true},
		},
		{"of development", map[string]string{"requirements/dev.txt": "uvicorn\n"}, project.Facts{}},
		{
			"in a script",
			map[string]string{"bin/entrypoint.sh": "#!/bin/sh\nset -e\nexec uvicorn shop.asgi:application \"$@\"\n"},
			project.Facts{ASGI: project.Evidence{Strength: project.Certain, Where: "bin/entrypoint.sh:3"}},
		},
		{
			"gunicorn's own file",
			map[string]string{"gunicorn.conf.py": "worker_class = 'uvicorn_worker.UvicornWorker'\nmax_requests = 500\n"},
			project.Facts{ASGI: project.Evidence{Strength: project.Certain, Where: "gunicorn.conf.py"}, Recycling: []string{"gunicorn"}},
		},
		{
			"another framework, perhaps",
			map[string]string{"Procfile": "web: uvicorn main:app\n"},
			project.Facts{ASGI: project.Evidence{Strength: project.Likely, Where: "Procfile:1"}},
		},
		{
			"a developer's server",
			map[string]string{"docker-compose.dev.yml": "web:\n  command: uvicorn shop.asgi:app --reload\n"},
			project.Facts{ASGI: project.Evidence{Strength: project.Weak, Where: "docker-compose.dev.yml:2"}},
		},
		{
			"WSGI through granian",
			map[string]string{"Procfile": "web: granian --interface wsgi shop.wsgi:application\n"},
			project.Facts{WSGI: true},
		},
		{
			"recycled workers",
			map[string]string{
				"Procfile":         "web: gunicorn shop.wsgi --max-requests 0\nworker: celery -A shop worker --max-tasks-per-child=100\n",
				"shop/settings.py": "CELERY_WORKER_MAX_MEMORY_PER_CHILD = 300_000\n",
				"uwsgi.ini":        "[uwsgi]\nreload-on-rss = 400\n",
			},
			project.Facts{WSGI: true, Recycling: []string{"celery", "uwsgi"}},
		},
		{
			"production's settings",
			map[string]string{
				"shop/settings.py":      "DEBUG = True\nCACHES = {}\n",
				"shop/settings_prod.py": "from .settings import *\nDEBUG = False\nSECRET_KEY = 'x'\n",
				"shop/settings_dev.py":  "CACHES = {}\n",
			},
			project.Facts{Production: []project.ProductionSetting{{Name: "DEBUG", Folder: "shop"}}},
		},
		{
			"what production's settings replace, and what they change a part of",
			map[string]string{
				"shop/settings/base.py":       "LOGGING = {}\nDATABASES = {}\n",
				"shop/settings/production.py": "from .base import *\nLOGGING = {}\nDATABASES['default']['CONN_MAX_AGE'] = 0\n",
			},
			project.Facts{Databases: true, Production: []project.ProductionSetting{{Name: "LOGGING", Folder: "shop/settings"}}},
		},
		{
			"an example of production's settings",
			map[string]string{"shop/settings.py": "DEBUG = True\n", "shop/settings_production.example.py": "from .settings import *\nDEBUG = False\n"},
			project.Facts{Production: []project.ProductionSetting{{Name: "DEBUG", Folder: "shop"}}},
		},
		{
			"production beside the settings",
			map[string]string{"shop/settings.py": "DEBUG = True\n", "shop/production.py": "from .settings import *\nDEBUG = False\n"},
			project.Facts{Production: []project.ProductionSetting{{Name: "DEBUG", Folder: "shop"}}},
		},
		{
			"settings that a script names",
			map[string]string{"shop/settings.py": "DEBUG = True\n", "bin/digest.sh": "#!/bin/sh\nexport DJANGO_SETTINGS_MODULE=deploy.site_settings\n"},
			project.Facts{Elsewhere: []project.SettingOf{{Name: "DEBUG", File: "shop/settings.py"}}},
		},
		{
			"settings that a command names",
			map[string]string{"shop/settings.py": "DEBUG = True\n", "deploy.sh": "python manage.py migrate --settings=shop.deployed\n"},
			project.Facts{Elsewhere: []project.SettingOf{{Name: "DEBUG", File: "shop/settings.py"}}},
		},
		{
			"a developer's settings, and those of a comment",
			map[string]string{"shop/settings.py": "DEBUG = True\n", "deploy.sh": "python manage.py migrate --settings shop.settings_dev\n# --settings shop.deployed\n"},
			project.Facts{},
		},
		{
			"settings that production's take nothing from",
			map[string]string{
				"shop/settings.py": "DEBUG = True\n", "shop/wsgi.py": "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
				"config/settings/__init__.py": "from .base import *\n", "config/settings/base.py": "DEBUG = False\n",
				"Dockerfile": "ENV DJANGO_SETTINGS_MODULE=config.settings\n",
			},
			project.Facts{Elsewhere: []project.SettingOf{{Name: "DEBUG", File: "shop/settings.py"}}},
		},
		{
			"settings that production's take from",
			map[string]string{
				"shop/settings.py": "DEBUG = True\n", "shop/deployed/settings_db.py": "from ..settings import *\n",
				"shop/deployed_settings.py": "from shop.deployed.settings_db import *\n", "Dockerfile": "ENV DJANGO_SETTINGS_MODULE=shop.deployed_settings\n",
			},
			project.Facts{},
		},
		{
			"settings that production's may take from",
			map[string]string{
				"shop/settings.py": "DEBUG = True\n", "shop/deployed_settings.py": "exec(open('settings.py').read())\n",
				"Dockerfile": "ENV DJANGO_SETTINGS_MODULE=shop.deployed_settings\n",
			},
			project.Facts{},
		},
		{
			"settings that a deployment has of its own",
			map[string]string{"shop/settings.py": "DEBUG = True\nCONN_MAX_AGE = 0\n", "deploy/web.service": "[Service]\nEnvironment=DJANGO_SETTINGS_MODULE=shop.deployed\n"},
			project.Facts{Elsewhere: []project.SettingOf{{Name: "DEBUG", File: "shop/settings.py"}}},
		},
		{
			"settings beside a package of their name",
			map[string]string{"shop/settings.py": "DEBUG = True\n", "shop/settings/__init__.py": "DEBUG = False\n", "club/settings.py": "DEBUG = True\n"},
			project.Facts{Elsewhere: []project.SettingOf{{Name: "DEBUG", File: "shop/settings.py"}}},
		},
		{
			"settings that the server's module names",
			map[string]string{
				"src/shop/settings.py": "DEBUG = True\nCACHES = {}\n", "src/shop/deployed_settings.py": "from .settings import *\nDEBUG = False\n",
				"src/shop/wsgi.py": "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.deployed_settings')\n",
			},
			project.Facts{Elsewhere: []project.SettingOf{{Name: "DEBUG", File: "src/shop/settings.py"}}, Undeployed: true},
		},
		{
			"the environment before the server's module",
			map[string]string{
				"shop/settings.py": "DEBUG = True\n", "shop/wsgi.py": "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.deployed')\n",
				"Dockerfile": "ENV DJANGO_SETTINGS_MODULE=shop.settings\n",
			},
			project.Facts{},
		},
		{"cached sessions", map[string]string{"shop/settings.py": "SESSION_ENGINE = 'django.contrib.sessions.backends.cached_db'\n"}, project.Facts{SharesCache: true}},
		{
			"sessions that production keeps elsewhere",
			map[string]string{
				"shop/settings/base.py":       "SESSION_ENGINE = 'django.contrib.sessions.backends.cache'\n",
				"shop/settings/production.py": "from .base import *\nSESSION_ENGINE = 'django.contrib.sessions.backends.db'\n",
			},
			project.Facts{Production: []project.ProductionSetting{{Name: "SESSION_ENGINE", Folder: "shop/settings"}}},
		},
		{
			"cached sessions that production has on a condition, or by itself",
			map[string]string{
				"shop/settings/base.py":       "SESSION_ENGINE = 'django.contrib.sessions.backends.cache'\n",
				"shop/settings/production.py": "from .base import *\nif not REDIS:\n    SESSION_ENGINE = 'django.contrib.sessions.backends.db'\n",
				"blog/settings.py":            "SESSION_ENGINE = 'django.contrib.sessions.backends.db'\n",
			},
			project.Facts{SharesCache: true},
		},
		{
			"production's cached sessions",
			map[string]string{"shop/settings/production.py": "SESSION_ENGINE = 'django.contrib.sessions.backends.cache'\n"},
			project.Facts{SharesCache: true, NoSessionRows: true, Production: []project.ProductionSetting{{Name: "SESSION_ENGINE", Folder: "shop/settings"}}},
		},
		{
			"sessions of which production says nothing, in files",
			map[string]string{
				"shop/settings/base.py":       "SESSION_ENGINE = 'django.contrib.sessions.backends.file'\n",
				"shop/settings/production.py": "from .base import *\n",
				"shop/settings/local.py":      "SESSION_ENGINE = 'django.contrib.sessions.backends.db'\n",
			},
			project.Facts{NoSessionRows: true},
		},
		{
			"sessions that the environment may keep in the database",
			map[string]string{"shop/settings.py": "import os\nSESSION_ENGINE = os.environ.get('SESSIONS', 'django.contrib.sessions.backends.file')\n"},
			project.Facts{},
		},
		{"a developer's cached sessions", map[string]string{"shop/settings/dev.py": "SESSION_ENGINE = 'django.contrib.sessions.backends.cache'\n"}, project.Facts{}},
		{"requests in transactions", map[string]string{"shop/settings.py": "DATABASES = {'default': {'ATOMIC_REQUESTS': True}}\n"}, project.Facts{Databases: true, AtomicRequests: true}},
		{
			"requests in transactions, of a database from the environment",
			map[string]string{"shop/settings.py": "DATABASES = {'default': env.db('DATABASE_URL')}\nDATABASES['default']['ATOMIC_REQUESTS'] = True\n"},
			project.Facts{Databases: true, AtomicRequests: true},
		},
		{"requests in no transaction", map[string]string{"shop/settings.py": "DATABASES = {'default': {'ATOMIC_REQUESTS': False}}\nATOMIC_REQUESTS = True\n"}, project.Facts{Databases: true}},
		{"a test's requests in transactions", map[string]string{"shop/settings/test.py": "DATABASES = {'default': {'ATOMIC_REQUESTS': True}}\n"}, project.Facts{}},
		{"limits", map[string]string{"shop/settings.py": "REST_FRAMEWORK = {'DEFAULT_THROTTLE_CLASSES': ['a.B']}\n"}, project.Facts{}},
		{"switches", map[string]string{"shop/settings.py": "INSTALLED_APPS = ['shop', 'waffle']\n"}, project.Facts{SharesCache: true}},
		{
			"what is taken out for all",
			map[string]string{"shop/signals.py": "from django.core.cache import cache\ndef f(order):\n    cache.delete(order.pk)\n"},
			project.Facts{SharesCache: true},
		},
		{"what is only kept", map[string]string{"shop/signals.py": "from django.core.cache import cache\ncache.set('a', 1)\n"}, project.Facts{}},
		{"an environment without DEBUG", map[string]string{"deploy/web.env": "DJANGO_DEBUG=False\n"}, project.Facts{SwitchedOff: []string{"DJANGO_DEBUG"}}},
		{"an environment with DEBUG", map[string]string{"deploy/web.env": "DJANGO_DEBUG=True\n"}, project.Facts{}},
		{
			"a manifest without DEBUG",
			map[string]string{"openshift/api-deploy.yaml": "parameters:\n  - name: DJANGO_DEBUG\n    required: true\n    value: \"False\"\n"},
			project.Facts{SwitchedOff: []string{"DJANGO_DEBUG"}},
		},
		{"a manifest that passes DEBUG on", map[string]string{"k8s/web.yml": "env:\n  - name: DJANGO_DEBUG\n    value: ${DJANGO_DEBUG}\n"}, project.Facts{}},
		{"a developer's manifest", map[string]string{"k8s/dev/web.yml": "env:\n  - name: DJANGO_DEBUG\n    value: \"False\"\n"}, project.Facts{}},
		{
			"Render's file",
			map[string]string{"render.yaml": "services:\n  - type: web\n    envVars:\n      - key: SHOP_DEBUG\n        value: \"False\"\n      - key: SHOP_TRACE\n        sync: false\n"},
			project.Facts{SwitchedOff: []string{"SHOP_DEBUG"}},
		},
		{
			"DigitalOcean's file",
			map[string]string{".do/app.yaml": "services:\n- name: web\n  envs:\n  - key: SHOP_DEBUG\n    value: \"False\"\n"},
			project.Facts{SwitchedOff: []string{"SHOP_DEBUG"}},
		},
		{"App Engine's file", map[string]string{"app.yaml": "env_variables:\n  SHOP_DEBUG: 'False'\n"}, project.Facts{SwitchedOff: []string{"SHOP_DEBUG"}}},
		{"Fly's file", map[string]string{"fly.toml": "[env]\n  SHOP_DEBUG = 'False'\n"}, project.Facts{SwitchedOff: []string{"SHOP_DEBUG"}}},
		{
			"Heroku's file",
			map[string]string{"app.json": `{"env": {"SHOP_DEBUG": {"value": "False", "required": true}, "SHOP_TRACE": {"required": true}, "SHOP_PROD": "1"}}`},
			project.Facts{SwitchedOff: []string{"SHOP_DEBUG", "SHOP_PROD"}},
		},
		{
			"Elastic Beanstalk's file",
			map[string]string{".ebextensions/django.config": "option_settings:\n  aws:elasticbeanstalk:application:environment:\n    SHOP_DEBUG: FALSE\n"},
			project.Facts{SwitchedOff: []string{"SHOP_DEBUG"}},
		},
		{"an example of an environment", map[string]string{".env.example": "SHOP_DEBUG=False\n"}, project.Facts{SwitchedOff: []string{"SHOP_DEBUG"}}},
		{"an example of a developer's environment", map[string]string{".env.dev.example": "SHOP_DEBUG=False\n"}, project.Facts{}},
		{"an example without a dot", map[string]string{"env.example": "SHOP_DEBUG=False\n"}, project.Facts{SwitchedOff: []string{"SHOP_DEBUG"}}},
		{"an example to fill in", map[string]string{".env.example": "SHOP_DEBUG=\nSHOP_MODE=development\n"}, project.Facts{}},
		{"uwsgi's environment", map[string]string{"example.uwsgi.ini": "[uwsgi]\nenv = SHOP_DEBUG=False\n"}, project.Facts{SwitchedOff: []string{"SHOP_DEBUG"}}},
		{"production by its name", map[string]string{"Dockerfile": "ENV SHOP_PRODUCTION=1\n"}, project.Facts{SwitchedOff: []string{"SHOP_PRODUCTION"}}},
		{"production by its value", map[string]string{"Dockerfile": "ENV SHOP_ENV=staging\n"}, project.Facts{SwitchedOff: []string{"SHOP_ENV"}}},
		{
			"a task's environment",
			map[string]string{"terraform/task-definitions/web.json.tmpl": `{"environment": [{"name": "SHOP_ENV", "value": "${environment}"}, {"name": "SHOP_TRACE", "value": "1"}]}`},
			project.Facts{SwitchedOff: []string{"SHOP_ENV"}},
		},
		{
			"a template of an environment",
			map[string]string{
				"deploy/roles/web/templates/env.j2":          "SHOP_DEBUG={{ shop_debug | lower }}\nSHOP_TRACE=False\nSHOP_LOG=True\nSHOP_SITE=https://{{ host }}\n",
				"deploy/roles/web/templates/shop.service.j2": "[Service]\nEnvironment=SHOP_PROD=1\n{% if debug %}\nExecStart=/srv/shop\n{% endif %}\n",
				"deploy/roles/web/templates/compose.yml.j2":  "services:\n  web:\n    environment:\n      SHOP_DEV: \"{{ shop_dev }}\"\n",
			},
			project.Facts{SwitchedOff: []string{"SHOP_DEBUG", "SHOP_DEV", "SHOP_PROD", "SHOP_TRACE"}},
		},
		{"a template of a developer's environment", map[string]string{"roles/vagrant/templates/.env.j2": "SHOP_DEBUG={{ debug }}\n"}, project.Facts{}},
		{"a developer's environment", map[string]string{".env.dev": "DJANGO_DEBUG=False\n"}, project.Facts{}},
		{
			"two projects",
			map[string]string{"shop/settings.py": "DEBUG = True\n", "blog/settings.py": "DEBUG = False\n", "Dockerfile": "ENV DJANGO_SETTINGS_MODULE=blog.settings\n"},
			project.Facts{},
		},
		{
			"production's WSGI script",
			map[string]string{"shop/settings.py": "DEBUG = True\n", "example/production.wsgi": "os.environ['DJANGO_SETTINGS_MODULE'] = 'shop.settings_production'\n"},
			project.Facts{Elsewhere: []project.SettingOf{{Name: "DEBUG", File: "shop/settings.py"}}},
		},
		{
			"kept results",
			map[string]string{"shop/settings.py": "import os\nCELERY_RESULT_BACKEND = os.environ['REDIS_URL']\n"},
			project.Facts{KeepsResults: true},
		},
		{
			"ignored results",
			map[string]string{
				"shop/settings.py": "CELERY_RESULT_BACKEND = 'django-db'\n",
				"shop/celery.py":   "app.conf.task_ignore_result = True\n",
			},
			project.Facts{},
		},
		{"no results", map[string]string{"shop/celery.py": "from celery import Celery\napp = Celery(backend=None)\n"}, project.Facts{}},
		{
			"a package",
			map[string]string{"pyproject.toml": "dependencies = [\n  \"Django>=5\",\n  \"django-redis>=5\",\n]\n"},
			project.Facts{Undeployed: true, Requirements: true, Packages: []string{"django-redis"}, OldestDjango: release.Version{Major: 5}},
		},
		{
			"a limit in front",
			map[string]string{"deploy/nginx/site.conf": "server {\n  client_max_body_size 0;\n  location /api {\n    client_max_body_size 25m;\n  }\n}\n"},
			project.Facts{BodiesBounded: true, LargestBody: math.MaxInt64},
		},
		{
			"limits in front",
			map[string]string{"nginx.conf": "client_max_body_size 20m;\n", "deploy/nginx/site.conf": "server {\n  client_max_body_size 512K;\n}\n"},
			project.Facts{BodiesBounded: true, LargestBody: 20 << 20},
		},
		{
			"limits in front, one of which is filled in",
			map[string]string{"nginx.conf": "client_max_body_size 20m;\nclient_max_body_size ${SIZE}m;\n"},
			project.Facts{BodiesBounded: true, LargestBody: math.MaxInt64},
		},
		{
			"nginx's own limit",
			map[string]string{"nginx.conf": "server {\n  location / {\n    proxy_pass http://web;\n  }\n}\n", "nginx/static.conf": "location /static { root /srv; }\n"},
			project.Facts{BodiesBounded: true, LargestBody: 1 << 20},
		},
		{"a limit in bytes", map[string]string{"nginx.conf": "client_max_body_size 1048576;\n"}, project.Facts{BodiesBounded: true, LargestBody: 1 << 20}},
		{
			"no limit in front",
			map[string]string{"nginx.conf": "# client_max_body_size 10m;\nclient_max_body_size 0;\n", "web/nginx.conf.j2": "client_max_body_size 4G;\n"},
			project.Facts{LargestBody: math.MaxInt64},
		},
		{"in a comment", map[string]string{"Procfile": "# daphne shop.asgi:application\n"}, project.Facts{}},
		{
			"the stronger of two",
			map[string]string{
				"shop/settings.py": "ASGI_APPLICATION = 'shop.asgi.application'\n",
				"requirements.txt": "daphne\n",
			},
			project.Facts{ASGI: project.Evidence{Strength: project.Likely, Where: "requirements.txt:1"}, Requirements: true},
		},
		{
			"settings",
			map[string]string{
				"shop/settings/base.py": "MIDDLEWARE = ['a.B', 'c.D']\nMIDDLEWARE += ['e.F']\nINSTALLED_APPS = ['daphne'] + ['x']\n",
			},
			project.Facts{
				ASGI:       project.Evidence{Strength: project.Certain, Where: "shop/settings/base.py"},
				Middleware: []string{"a.B", "c.D", "e.F"},
				Installed:  []string{"a.B", "c.D", "e.F"}, AllInstalled: true,
			},
		},
		{
			"models",
			map[string]string{
				"shop/models.py": `
from django.db import models
class Line(models.Model):
    order = models.ForeignKey("shop.Order", on_delete=models.CASCADE)
    product = models.ForeignKey("Product", models.PROTECT)
    parent = models.ForeignKey("self", models.CASCADE)
    note = models.OneToOneField(to=Note, on_delete=models.CASCADE)
`,
				"shop/old/models.py": `
from django.db import models
class Parcel(models.Model):
    address = models.ForeignKey("shop.Address")
    driver = models.ForeignKey(Driver, on_delete=models.SET_NULL, null=True)
`,
				"shop/signals.py": `
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
@receiver([post_save, post_delete], sender=Invoice)
def f(**kwargs): pass
@receiver(post_save, sender=Customer)
def g(**kwargs): pass
pre_delete.connect(f, sender=models.Basket)
`,
			},
			project.Facts{Cascades: []string{"Address", "Line", "Note", "Order"}, DeleteReceivers: []string{"Basket", "Invoice"}},
		},
		{
			"recorded models",
			map[string]string{
				"shop/models.py": `
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from core.models import Stamped
class Brand(models.Model):
    name = models.CharField(max_length=50, unique=True)
    opened = models.DateTimeField()
    changed = models.DateTimeField(auto_now=True)
    buyers = models.ManyToManyField(settings.AUTH_USER_MODEL)
class Customer(AbstractUser):
    phone = models.CharField(max_length=20)
class Order(models.Model):
    customer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
class Profile(models.Model):
    user: models.OneToOneField = models.OneToOneField(get_user_model(), models.PROTECT)
class Note(models.Model):
    author = models.ForeignKey(to="auth.User", on_delete=models.PROTECT)
class Visit(models.Model):
    at = models.DateTimeField(default=timezone.now)
class Parcel(Stamped):
    number = models.IntegerField()
class Express(Parcel):
    pass
class Picture(models.Model):
    image = models.ImageField()
class Event(models.Model):
    at = models.DateTimeField(auto_now_add=True)
class Document(Stamped):
    created_by = models.ForeignKey("auth.User", on_delete=models.PROTECT)
class Record(Stamped):
    file = models.FileField()
class Asset(Stamped):
    holder = models.ForeignKey("auth.User", on_delete=models.PROTECT)
class Assets(Stamped):
    code = models.CharField(max_length=20, unique=True)
    owner = models.ForeignKey("auth.User", on_delete=models.PROTECT)
class Written(models.Model):
    created_by = models.ForeignKey("auth.User", on_delete=models.PROTECT)
    class Meta:
        abstract = True
class Label(Written):
    closed_by = models.ForeignKey("auth.User", on_delete=models.PROTECT)
    contact = models.ForeignKey("auth.User", on_delete=models.PROTECT)
class Member(models.Model):
    user = models.ForeignKey("auth.User", on_delete=models.SET_NULL, null=True)
class Letter(Parcel):
    sender = models.ForeignKey("auth.User", on_delete=models.SET_NULL, null=True)
class Room(models.Model):
    author = models.ForeignKey("auth.User", on_delete=models.PROTECT)
class Step(OrderedModel):
    author = models.ForeignKey("auth.User", on_delete=models.PROTECT)
class Round(Square):
    at = models.IntegerField()
class Square(Round):
    at = models.IntegerField()
`,
				"core/models.py": `
from django.db import models
class Stamped(models.Model):
    at = models.DateTimeField(auto_now_add=True)
`,
				"club/models.py": `
from django.db import models
class Event(models.Model):
    season = models.ForeignKey("Season", on_delete=models.PROTECT)
`,
				"club/settings.py": "class Order: pass\n",
			},
			project.Facts{
				Kept:     []string{"Asset", "Assets", "Document", "Letter", "Note", "Order"},
				Offered:  []string{"Assets"},
				Owned:    []string{"Asset", "Assets", "Customer", "Document", "Label", "Letter", "Member", "Note", "Order", "Profile", "Room", "Written"},
				Recorded: []string{"Asset", "Customer", "Express", "Label", "Letter", "Member", "Note", "Order", "Parcel", "Picture", "Profile", "Record", "Room", "Stamped", "Visit", "Written"},
			},
		},
		{
			"what refuses large uploads",
			map[string]string{
				"shop/models.py": `
from django.db import models
from shop.validators import at_most_five_megabytes
class Scan(models.Model):
    file = models.FileField(validators=[at_most_five_megabytes])
class Order(models.Model):
    total = models.IntegerField()
`,
				"shop/validators.py": `
def at_most_five_megabytes(file):
    megabytes = file.size / 1024 / 1024
    if megabytes > 5:
        raise ValidationError("too large")
def is_csv(file):
    return file.name.endswith(".csv")
def halved(size):
    half = half / 2
    return half > 1
@deconstructible
class AtMost:
    def __call__(self, file):
        if file._size > self.limit:
            raise ValidationError("too large")
`,
				"shop/fields.py": `
from django import forms
class SmallField(forms.FileField):
    def to_python(self, data):
        if data.size > self.limit:
            raise ValidationError("too large")
class PictureField(forms.ImageField):
    def width(self, data):
        return data.size > 5
`,
				"shop/forms/order.py": `
from django import forms
class ScanForm(forms.ModelForm):
    class Meta:
        model = Scan
        fields = ["file"]
class OrderForm(forms.ModelForm):
    file = forms.FileField(validators=[is_csv])
    class Meta:
        model = Order
class NoteForm(forms.Form):
    note = SmallField()
class LongNoteForm(NoteForm):
    pass
class CalledForm(forms.Form):
    file = forms.FileField()
    def clean_file(self):
        at_most_five_megabytes(self.cleaned_data["file"])
class LimitForm(forms.Form):
    file = forms.FileField(validators=[AtMost(5)])
class PackageForm(forms.Form):
    file = forms.FileField(validators=[package.validate_file_size])
class UploadForm(forms.Form):
    file = forms.FileField(validators=VALIDATORS)
    def clean(self):
        if 5 < self.cleaned_data["file"].size:
            raise ValidationError("too large")
`,
				"shop/serializers.py": `
class OrderSerializer(serializers.Serializer):
    def validate_image(self, image):
        if image.size > 10:
            raise ValidationError("too large")
    def create(self, data):
        return data.size > 5
class NoteSerializer(serializers.Serializer):
    def create(self, data):
        return data.size > 5
`,
				"club/forms.py":       "class UploadForm(forms.Form):\n    file = forms.FileField()\n",
				"club/fields.py":      "class Plain(Field):\n    def clean(self, data):\n        return self.size > 5 * data.length\n",
				"club/serializers.py": "class Small(Serializer):\n    def validate(self, data):\n        return 5 > len(data)\n",
			},
			project.Facts{
				Recorded: []string{"Scan"},
				Refusing: []string{
					"AtMost", "CalledForm", "LimitForm", "LongNoteForm", "NoteForm", "OrderSerializer", "PackageForm", "Plain", "Scan", "ScanForm",
					"SmallField", "at_most_five_megabytes",
				},
			},
		},
		{
			"models of which a form refuses what is large",
			map[string]string{
				"shop/models.py": "from django.db import models\nclass Scan(models.Model):\n    file = models.FileField(validators=[validate_size])\n",
				"shop/forms.py": `
from django import forms
class SmallForm(forms.BaseForm):
    def clean_file(self):
        if self.cleaned_data["file"]._size > MAXIMUM:
            raise forms.ValidationError("too large")
class AttachmentForm(forms.ModelForm, SmallForm):
    class Meta:
        model = Attachment
class ScanForm(forms.ModelForm):
    class Meta:
        model = Scan
class OrderForm(forms.ModelForm):
    class Meta:
        model = Order
`,
				"shop/serializers.py": `
class LetterSerializer(serializers.ModelSerializer):
    class Meta:
        model = models.Letter
    def validate_file(self, file):
        if file.size > MAXIMUM:
            raise ValidationError("too large")
`,
			},
			project.Facts{
				Recorded: []string{"Scan"},
				Refusing: []string{"AttachmentForm", "LetterSerializer", "Scan", "ScanForm", "SmallForm"},
				Bounded:  []string{"Attachment", "Letter"},
			},
		},
		{
			"files in the database",
			map[string]string{
				"shop/settings.py":      "STORAGES = {'default': {'BACKEND': 'db_file_storage.storage.DatabaseFileStorage'}, 'staticfiles': {}}\n",
				"shop/settings/test.py": "DEFAULT_FILE_STORAGE = 'django.core.files.storage.InMemoryStorage'\n",
			},
			project.Facts{FilesInDatabase: true},
		},
		{
			"files in the database by the older setting",
			map[string]string{"shop/settings.py": "DEFAULT_FILE_STORAGE = 'binary_database_files.storage.DatabaseStorage'\n"},
			project.Facts{FilesInDatabase: true},
		},
		{
			"files in Redis, as all fields say",
			map[string]string{"shop/models.py": "class Scan(models.Model):\n    file = models.FileField(storage=redis.RedisStorage())\n"},
			project.Facts{Recorded: []string{"Scan"}, FilesInDatabase: true},
		},
		{
			"files in rows, as the storage of all fields opens them",
			map[string]string{
				"shop/models.py": "class RowStorage(Storage):\n    def _open(self, name, mode):\n        return ContentFile(Row.objects.get(name=name).data)\n" +
					"class Scan(models.Model):\n    file = models.FileField(storage=RowStorage)\n",
			},
			project.Facts{Recorded: []string{"Scan"}, FilesInDatabase: true},
		},
		{
			"files in Redis and elsewhere",
			map[string]string{
				"shop/models.py": "class Scan(models.Model):\n    file = models.FileField(storage=RedisStorage())\n",
				"club/models.py": "class Photo(models.Model):\n    image = models.ImageField()\n",
			},
			project.Facts{Recorded: []string{"Photo", "Scan"}},
		},
		{
			"files that the storage of all fields opens in place",
			map[string]string{
				"shop/models.py": "class RowStorage(Storage):\n    def _open(self, name, mode):\n        return File(open(name))\n" +
					"class Scan(models.Model):\n    file = models.FileField(storage=RowStorage)\n",
			},
			project.Facts{Recorded: []string{"Scan"}},
		},
		{
			"files in the database where another settings module has another storage",
			map[string]string{
				"shop/settings/base.py":       "DEFAULT_FILE_STORAGE = 'db_file_storage.storage.DatabaseFileStorage'\n",
				"shop/settings/production.py": "DEFAULT_FILE_STORAGE = 'storages.backends.s3boto3.S3Boto3Storage'\n",
			},
			project.Facts{},
		},
		{
			"storages without a default",
			map[string]string{"shop/settings.py": "STORAGES = {'staticfiles': {'BACKEND': 'db_file_storage.storage.DatabaseFileStorage'}}\n"},
			project.Facts{},
		},
		{
			"a receiver of all",
			map[string]string{"shop/receivers.py": "from django.db.models.signals import post_delete\npost_delete.connect(f, Basket)\n"},
			project.Facts{DeleteReceivers: []string{"Basket"}},
		},
		{
			"a receiver of no sender in particular",
			map[string]string{"shop/receivers.py": "from django.db.models.signals import post_delete\npost_delete.connect(f, None)\n"},
			project.Facts{DeleteReceivers: []string{project.AnyModel}},
		},
		{
			"models whose QuerySets only mark rows",
			map[string]string{
				"core/managers.py": `
from django.db import models
class MarkingQuerySet(models.QuerySet):
    def delete(self):
        return super().update(deleted=True)
class MarkingManager(models.Manager):
    def get_queryset(self):
        return MarkingQuerySet(self.model, using=self._db).filter(deleted=False)
class LoggingQuerySet(models.QuerySet):
    def delete(self):
        log(self)
        return super().delete()
`,
				"core/models.py": `
from django.db import models
from model_utils.models import SoftDeletableModel
class Base(models.Model):
    objects = MarkingManager()
class Order(Base):
    pass
class Line(models.Model):
    objects = MarkingQuerySet.as_manager()
class Note(models.Model):
    objects = models.Manager.from_queryset(MarkingQuerySet)()
class Visit(SoftDeletableModel):
    pass
class Bill(Base):
    objects = models.Manager()
class Event(models.Model):
    objects = LoggingQuerySet.as_manager()
    def delete(self):
        self.deleted = True
class Team(models.Model):
    everyone = MarkingManager()
`,
			},
			project.Facts{Marked: []string{"Base", "Line", "MarkingManager", "MarkingQuerySet", "Note", "Order", "Visit"}},
		},
		{
			"receivers that nothing imports",
			map[string]string{
				"apps/shop/apps.py":    "from django.apps import AppConfig\nclass Shop(AppConfig):\n    name = 'apps.shop'\n",
				"apps/shop/signals.py": receiverOf("Basket"),
				"apps/shop/models.py":  "from django.db.models.signals import post_save\n" + receiverOf("Order"),
				"apps/club/signals.py": receiverOf("Member") + receiverOf("Order"),
				"apps/club/apps.py":    "from django.apps import AppConfig\nclass Club(AppConfig):\n    name = 'apps.club'\n",
			},
			project.Facts{DeleteReceivers: []string{"Order"}, LooseReceivers: []string{"Basket", "Member"}},
		},
		{
			"receivers that a configuration imports",
			map[string]string{
				"apps/a/apps.py":              config("from . import signals"),
				"apps/a/signals.py":           receiverOf("A"),
				"apps/b/apps.py":              config("import apps.b.receivers"),
				"apps/b/receivers.py":         receiverOf("B"),
				"apps/c/apps.py":              config("from c.signals import x"),
				"apps/c/signals.py":           receiverOf("C"),
				"apps/d/apps.py":              config("from .signals import handlers"),
				"apps/d/signals/handlers.py":  receiverOf("D"),
				"apps/e/apps.py":              config("import_module(f'{self.name}.handlers')"),
				"apps/e/handlers.py":          receiverOf("E"),
				"apps/f/apps.py":              config("from .checks import handle"),
				"apps/f/signals/receivers.py": receiverOf("F") + "from .signals import done\n",
			},
			project.Facts{DeleteReceivers: []string{"A", "B", "C", "D", "E"}, LooseReceivers: []string{"F"}},
		},
		{
			"receivers of which the configuration does not tell",
			map[string]string{
				"a/apps.py":      "from core.apps import Config\nclass A(Config):\n    name = 'a'\n",
				"a/signals.py":   receiverOf("A"),
				"b/signals.py":   receiverOf("B"),
				"c/apps.py":      "",
				"c/signals.py":   receiverOf("C"),
				"d/apps.py":      config(""),
				"d/receivers.py": receiverOf("D"),
				"e/models.py":    "from d import receivers\n",
			},
			project.Facts{DeleteReceivers: []string{"A", "B", "C", "D"}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var r project.Reader
			for file, text := range test.files {
				r.Add(file, []byte(text))
			}
			if diff := cmp.Diff(&test.want, r.Facts()); diff != "" {
				t.Errorf("Facts (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(&test.want, factsOf(t, test.files)); diff != "" {
				t.Errorf("Facts of joined readers (-want +got):\n%s", diff)
			}
		})
	}
}

// factsOf gathers what files tell, each read by a reader of its own.
func factsOf(t *testing.T, files map[string]string) *project.Facts {
	t.Helper()
	var joined project.Reader
	for file, text := range files {
		if !project.Relevant(file) {
			t.Errorf("%s is not relevant", file)
		}
		var one project.Reader
		one.Add(file, []byte(text))
		joined.Join(&one)
	}
	return joined.Facts()
}

// receiverOf is a module that waits for the deletion of a model.
func receiverOf(model string) string {
	return "from django.db.models.signals import post_delete\npost_delete.connect(f, sender=" + model + ")\n"
}

// config is the configuration of an application whose ready() runs one statement.
func config(ready string) string {
	return "from importlib import import_module\nfrom django.apps import AppConfig\nclass Config(AppConfig):\n    def ready(self):\n        pass\n        " + ready + "\n"
}

func TestQuestions(t *testing.T) {
	t.Parallel()
	var unknown *project.Facts
	if unknown.DeletionLoads("Order") || unknown.HasMiddleware("Audit") || unknown.LeavesOut("Audit") || unknown.OneProcess() || unknown.DoubtsASGI() || unknown.UnderASGI().Strength != project.Absent ||
		unknown.Recycles("celery") || unknown.Lacks("django-redis") ||
		unknown.ResultsKept() || unknown.BesideWSGI() || unknown.Records("Order") || unknown.RefusesLarge("OrderForm") {
		t.Error("facts that nobody gathered are not quiet")
	}
	facts := &project.Facts{Cascades: []string{"Order"}, Middleware: []string{"shop.middleware.Audit"}}
	if !facts.DeletionLoads("Order") || facts.DeletionLoads("Line") {
		t.Error("DeletionLoads is not what Cascades says")
	}
	if !facts.HasMiddleware("Audit") || facts.HasMiddleware("dit") {
		t.Error("HasMiddleware is not what Middleware says")
	}
	recorded := &project.Facts{Owned: []string{"UserProfile"}, Recorded: []string{"ColourProfile", "Order", "UserProfile"}}
	if !recorded.Records("Order") || recorded.Records("Brand") || !recorded.Records("UserProfile") || recorded.Records("ColourProfile") {
		t.Error("Records is not what Owned and Recorded say")
	}
	if kept := (&project.Facts{Kept: []string{"Order"}}); !kept.Keeps("Order") || kept.Keeps("Line") || unknown.Keeps("Order") {
		t.Error("Keeps is not what Kept says")
	}
	refusing := &project.Facts{Refusing: []string{"OrderForm"}}
	if !refusing.RefusesLarge("OrderForm") || refusing.RefusesLarge("Order") {
		t.Error("RefusesLarge is not what Refusing says")
	}
	small := &project.Facts{Bounded: []string{"Attachment"}, FilesInDatabase: true}
	if !small.FilesBounded("Attachment") || small.FilesBounded("Order") || unknown.FilesBounded("Attachment") {
		t.Error("FilesBounded is not what Bounded says")
	}
	if !small.KeepsFilesInDatabase() || unknown.KeepsFilesInDatabase() {
		t.Error("KeepsFilesInDatabase is not what FilesInDatabase says")
	}
	own := []django.Checker{{Name: "ImportForm", Asks: []string{"OrderForm"}}, {Name: "SmallForm", Refuses: true}, {Name: "LargeForm"}}
	if diff := cmp.Diff([]string{"ImportForm", "SmallForm"}, refusing.RefusingAmong(own)); diff != "" {
		t.Errorf("RefusingAmong (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"SmallForm"}, unknown.RefusingAmong(own)); diff != "" {
		t.Errorf("RefusingAmong where nothing is known (-want +got):\n%s", diff)
	}
	known := &project.Facts{Requirements: true, Packages: []string{"django-redis"}, Recycling: []string{"celery"}}
	if !known.Uses("django-redis") || known.Uses("other") || unknown.Uses("django-redis") {
		t.Error("Uses is not what Packages says")
	}
	if known.Lacks("django-redis") || !known.Lacks("other") || new(project.Facts).Lacks("django-redis") {
		t.Error("Lacks is not what Packages says")
	}
	if !known.Recycles("celery") || known.Recycles("gunicorn") {
		t.Error("Recycles is not what Recycling says")
	}
	if known.BoundsBodies() || unknown.BoundsBodies() || !(&project.Facts{BodiesBounded: true}).BoundsBodies() {
		t.Error("BoundsBodies is not what BodiesBounded says")
	}
	everything := &project.Facts{DeleteReceivers: []string{project.AnyModel}}
	if !everything.DeletionLoads("Line") {
		t.Error("a receiver without a sender waits for every model")
	}
}

func TestRelevant(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]bool{
		"shop/settings.py": true, "shop/models.py": true, "shop/models/order.py": true, "shop/views.py": false, "shop/apps.py": true, "shop/managers.py": true, "shop/querysets.py": true,
		"shop/forms.py": true, "shop/forms/order.py": true, "shop/api/serializers.py": true, "shop/validators.py": true, "shop/upload_validation.py": true, "shop/validation/size.py": true, "shop/invalidation.py": false, "shop/fields/csv.py": true, "tests/forms.py": false,
		"shop/wsgi.py": true, "apache/shop.wsgi": true,
		"requirements.txt": true, "requirements/base.txt": true, "docker-compose.prod.yml": true, "Dockerfile": true,
		"deploy/web.service": true, "bin/start.sh": true, "bin/start": true, "svc/run": true, "docs/start": true, "src/shop": false, "gunicorn.conf.py": true, ".env": true, "requirements.md": false, "tests/models.py": false, "README.md": false, "notes.txt": false,
		"nginx.conf": true, "deploy/nginx/site.conf.j2": true, "nginx/default": true, "nginx.default": true, "nginx/readme.md": false, "shop/nginx.py": false,
		"roles/web/templates/env.j2": true, "roles/web/templates/shop.service.j2": true, "roles/web/templates/mail.txt.j2": false, "shop/templates/page.html.j2": false,
	} {
		if got := project.Relevant(file); got != want {
			t.Errorf("Relevant(%q) = %v, want %v", file, got, want)
		}
	}
}

func TestOrder(t *testing.T) {
	t.Parallel()
	want := []string{"Dockerfile", "shop/models.py", "shop/cart/models.py", "shop/forms.py", "shop/cart/forms.py"}
	got := slices.Clone(want)
	slices.Sort(got)
	slices.SortStableFunc(got, project.Order)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestSetInProduction(t *testing.T) {
	t.Parallel()
	facts := &project.Facts{Production: []project.ProductionSetting{{Name: "DEBUG", Folder: "shop/settings"}}}
	for _, test := range []struct {
		setting, file string
		want          bool
	}{
		{"DEBUG", "shop/settings/base.py", true},
		{"DEBUG", "shop/settings.py", true},
		{"DEBUG", "settings.py", true},
		{"DEBUG", "shop/settings/parts/web.py", true},
		{"DEBUG", "blog/settings.py", false},
		{"CACHES", "shop/settings/base.py", false},
	} {
		if got := facts.SetInProduction(test.setting, test.file); got != test.want {
			t.Errorf("SetInProduction(%s, %s) = %v", test.setting, test.file, got)
		}
	}
	if (*project.Facts)(nil).SetInProduction("DEBUG", "settings.py") {
		t.Error("nothing is known, but something is set in production")
	}
}
