package rules_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/rules/bulkcreateaccumulates"
	"github.com/djleak/djleak/analyzer/rules/connectionsclosedinview"
	"github.com/djleak/djleak/analyzer/rules/csvexportbuffered"
	"github.com/djleak/djleak/analyzer/rules/locmemcache"
	"github.com/djleak/djleak/analyzer/rules/loopaccumulates"
	"github.com/djleak/djleak/analyzer/rules/moduleglobalgrowth"
	"github.com/djleak/djleak/analyzer/rules/modulequerysetevaluated"
	"github.com/djleak/djleak/analyzer/rules/mutabledefaultgrowth"
	"github.com/djleak/djleak/analyzer/rules/querysetdeletecollects"
	"github.com/djleak/djleak/analyzer/rules/querysetlen"
	"github.com/djleak/djleak/analyzer/rules/querysetloopwithoutiterator"
	"github.com/djleak/djleak/analyzer/rules/querysetmaterialised"
	"github.com/djleak/djleak/analyzer/rules/querysettruth"
	"github.com/djleak/djleak/analyzer/rules/resourcenotclosed"
	"github.com/djleak/djleak/analyzer/rules/responsefilebuffered"
	"github.com/djleak/djleak/analyzer/rules/signalconnectedinfunction"
	"github.com/djleak/djleak/analyzer/rules/spooledfilewithoutlimit"
	"github.com/djleak/djleak/analyzer/rules/uploadlimitdisabled"
	"github.com/djleak/djleak/analyzer/rules/uploadreadwhole"
	"github.com/djleak/djleak/analyzer/ruletest"
)

// TestForms holds which forms of a stable rule are told by default, and which only in preview.
func TestForms(t *testing.T) {
	t.Parallel()
	const (
		command  = "# shop/management/commands/a.py\nfrom shop.models import *\n"
		csvView  = "# shop/views.py\nimport csv\nfrom django.http import HttpResponse\n\ndef view(request, queryset):\n    response = HttpResponse()\n    out = csv.writer(response)\n    "
		response = "# shop/views.py\nimport os, tempfile\nfrom django.http import HttpResponse\n\ndef view(request, name, picture):\n    "
		wrapper  = "# shop/views.py\nfrom wsgiref.util import FileWrapper\nfrom django.http import HttpResponse\n\ndef view(request, name):\n    "
		stored   = "# shop/views.py\nfrom django.core.files.base import ContentFile\nfrom django.http import HttpResponse\nfrom shop.files import storage\n\ndef view(request, name):\n    "
		upload   = "# shop/views.py\ndef view(request, out):\n    "
		spool    = "# shop/files.py\nimport io\nfrom shutil import copyfileobj\nfrom tempfile import SpooledTemporaryFile\n\ndef f(picture, content):\n    with SpooledTemporaryFile() as out:\n        "
		settings = "# shop/settings.py\n"
		sessions = "from django.contrib.sessions.models import Session\n\ndef f():\n    for x in Session.objects.all():\n        x.get_decoded()\n"
		bulk     = "# shop/management/commands/a.py\nimport csv\nfrom shop.models import *\n\ndef f(path, shops):\n    made = []\n    with open(path) as lines:\n        for row in csv.DictReader(lines):\n"
		locmem   = "{'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}"
	)
	for _, test := range []struct {
		rule *analyzer.Rule
		code string
		want []string
	}{
		{connectionsclosedinview.Rule, "# shop/views.py\n# shop/settings.py: DATABASES = {'default': {'ATOMIC_REQUESTS': True}}\nfrom django.db import close_old_connections\n\ndef view(request):\n    close_old_connections()\n    return 1\n", []string{"high/high"}},
		{connectionsclosedinview.Rule, "# shop/views.py\nfrom django.db import connection\n\ndef view(request):\n    connection.close()\n    return 1\n", []string{"high/high/preview"}},
		{csvexportbuffered.Rule, csvView + "for x in Order.objects.all():\n        out.writerow(x)\n    return response\n", []string{"medium/high"}},
		{csvexportbuffered.Rule, csvView + "if queryset:\n        for x in Order.objects.all():\n            out.writerow(x)\n    return response\n", []string{"medium/high"}},
		{csvexportbuffered.Rule, csvView + "for x in Order.objects.all():\n        if x.late:\n            out.writerow(x)\n    return response\n", []string{"medium/high/preview"}},
		{csvexportbuffered.Rule, csvView + "out.writerows(Order.objects.values_list('pk', 'name'))\n    return response\n", []string{"medium/high"}},
		{csvexportbuffered.Rule, csvView + "out.writerows(Link.objects.values_list('pk', 'name'))\n    return response\n", []string{"medium/high/preview"}},
		{bulkcreateaccumulates.Rule, command + "def f():\n    Line.objects.bulk_create([Line(order=x) for x in Order.objects.iterator()])\n", []string{"high/high"}},
		{bulkcreateaccumulates.Rule, command + "def f():\n    return Line.objects.bulk_create([Line(order=x) for x in Order.objects.iterator()])\n", []string{"high/high/preview"}},
		{csvexportbuffered.Rule, csvView + "for x in queryset.select_related('shop'):\n        out.writerow(x)\n    return response\n", []string{"medium/medium/preview"}},
		{locmemcache.Rule, settings + "import environ\nenv = environ.Env()\nCACHES = {'default': {'BACKEND': env('CACHE_BACKEND', default='django.core.cache.backends.locmem.LocMemCache')}}\n", []string{"low/high/preview"}},
		{locmemcache.Rule, settings + "CACHES = {'default': " + locmem + "}\n", []string{"low/high"}},
		{locmemcache.Rule, settings + "CACHES = {'names': " + locmem + "}\n", []string{"low/high/preview"}},
		{loopaccumulates.Rule, command + "def watch():\n    kept = []\n    while True:\n        kept.append(read())\n", []string{"medium/medium"}},
		{loopaccumulates.Rule, command + "def merge(rows):\n    kept = []\n    while True:\n        kept.append(next(rows))\n", nil},
		{loopaccumulates.Rule, command + "def collect():\n    kept = []\n    for x in Order.objects.all():\n        kept.append({'order': x.pk})\n", []string{"medium/medium/preview"}},
		{moduleglobalgrowth.Rule, "# shop/prices.py\nseen = []\n\ndef price(name):\n    seen.append((name, 1))\n", []string{"medium/medium/preview"}},
		{moduleglobalgrowth.Rule, "# shop/prices.py\nseen = {}\n\ndef price(user):\n    seen[user.pk] = load(user)\n", []string{"medium/medium"}},
		{moduleglobalgrowth.Rule, "# shop/prices.py\nseen = {}\n\ndef price(user, day):\n    seen[f'{user.pk}:{day}'] = load(user)\n", []string{"medium/medium"}},
		{moduleglobalgrowth.Rule, "# shop/prices.py\nseen = {}\n\ndef price(order):\n    seen[order.email] = load(order)\n", []string{"medium/medium"}},
		{moduleglobalgrowth.Rule, "# shop/prices.py\nseen = {}\n\ndef price(line):\n    seen[line.domain_id] = load(line)\n", []string{"medium/medium/preview"}},
		{moduleglobalgrowth.Rule, "# shop/prices.py\nseen = {}\n\ndef price(issuer):\n    seen[issuer.pk] = load(issuer)\n", []string{"medium/medium/preview"}},
		{moduleglobalgrowth.Rule, "# shop/views.py\nseen = []\n\ndef view(request, name):\n    seen.append((name, 1))\n    return seen\n", []string{"medium/medium"}},
		{modulequerysetevaluated.Rule, "# shop/views.py\nROWS = Order.objects.all()\n\ndef view(request):\n    return list(ROWS)\n", []string{"high/high"}},
		{modulequerysetevaluated.Rule, "# shop/views.py\nROWS = State.objects.all()\n\ndef view(request):\n    return {x.name: x for x in ROWS}['open']\n", []string{"high/high/preview"}},
		{modulequerysetevaluated.Rule, "# shop/views.py\nSLUGS = State.objects.values_list('slug', flat=True)\n\ndef view(request, slug):\n    return slug in SLUGS\n", []string{"high/high/preview"}},
		{mutabledefaultgrowth.Rule, "def f(x, rows=[]):\n    rows.append(x)\n    return rows\n", []string{"medium/high/preview"}},
		{mutabledefaultgrowth.Rule, "def f(x, context={}):\n    context['x'] = x\n    return context\n", []string{"low/high/preview"}},
		{mutabledefaultgrowth.Rule, "def f(x, rows=[]):\n    rows.append(x)\n    return rows\n\ndef g(x):\n    return f(x, [])\n", []string{"medium/high/preview"}},
		{mutabledefaultgrowth.Rule, "def f(x, rows=[]):\n    rows.append(x)\n    return rows\n\ndef g(x):\n    return f(x, []) + f(x)\n", []string{"medium/high"}},
		{mutabledefaultgrowth.Rule, "def f(x, rows=[]):\n    rows.append(x)\n", []string{"medium/high/preview"}},
		{mutabledefaultgrowth.Rule, "def f(x, rows=[]):\n    rows.append(x)\n\ndef g(x):\n    f(x)\n", []string{"medium/high"}},
		{mutabledefaultgrowth.Rule, "class A:\n    def write(self, x, seen={}):\n        seen[x.pk] = self.line(x)\n", []string{"medium/high/preview"}},
		{mutabledefaultgrowth.Rule, "class A:\n    def __init__(self, x, rows=[]):\n        rows.append(x)\n        self.rows = rows\n", []string{"medium/high/preview"}},
		{mutabledefaultgrowth.Rule, "class A(B):\n    def source(self, left_out=[]):\n        left_out.extend(['tags'])\n        data = super().source(left_out=left_out)\n        return data\n", []string{"medium/high/preview"}},
		{mutabledefaultgrowth.Rule, "class A:\n    def __deepcopy__(self, seen={}):\n        seen[id(self)] = made = A()\n        return made\n", []string{"medium/high/preview"}},
		{mutabledefaultgrowth.Rule, "class A(B):\n    def f(self, x, rows=[]):\n        rows.append(x)\n        return super().f(x, rows=rows)\n", []string{"medium/high/preview"}},
		{mutabledefaultgrowth.Rule, "def f(x, rows=[]):\n    rows.append(x)\n    return rows\n\ndef g(xs):\n    return map(f, xs)\n", []string{"medium/high/preview"}},
		{mutabledefaultgrowth.Rule, "class A:\n    def f(self, x, rows=[]):\n        rows.append(x)\n\n    def g(self, x):\n        self.f(x)\n", []string{"medium/high"}},
		{mutabledefaultgrowth.Rule, "class A:\n    def f(self, x, rows=[]):\n        rows.append(x)\n\n    def g(self, x):\n        self.other.f(x)\n", []string{"medium/high/preview"}},
		{mutabledefaultgrowth.Rule, "def f(x, cache={}):\n    if x.pk not in cache:\n        cache[x.pk] = load(x)\n    return cache[x.pk]\n\ndef g(x):\n    return f(x)\n", []string{"medium/medium/preview"}},
		{mutabledefaultgrowth.Rule, "def f(x, known={}):\n    known.update(x)\n    return known\n\ndef g(x):\n    return f(x)\n", []string{"medium/high/preview"}},
		{mutabledefaultgrowth.Rule, command + "class Command(BaseCommand):\n    def f(self, x, rows=[]):\n        rows.append(x)\n\n    def handle(self, **options):\n        self.f(options['x'])\n", []string{"medium/high/preview"}},
		{querysetdeletecollects.Rule, command + "def f(day):\n    total, by = Order.objects.filter(created__lt=day).delete()\n    print(by['shop.Order'])\n", []string{"medium/medium"}},
		{querysetdeletecollects.Rule, command + "def f(day):\n    total, by = Bottle.objects.filter(created__lt=day).delete()\n    print(by['shop.Order'])\n", []string{"medium/medium/preview"}},
		{querysetdeletecollects.Rule, command + "def f(day):\n    total, by = Order.trash.filter(created__lt=day).delete()\n    print(by['shop.Order'])\n", []string{"medium/medium/preview"}},
		{querysetdeletecollects.Rule, command + "def f(day):\n    total, by = Order.objects.filter(expires_at__lt=day).delete()\n    print(by['shop.Order'])\n", []string{"medium/medium/preview"}},
		{querysetdeletecollects.Rule, command + "def f(day):\n    total, by = Order.objects.exclude(schedule_delete__isnull=True).delete()\n    print(by['shop.Order'])\n", []string{"medium/medium/preview"}},
		{querysetdeletecollects.Rule, command + "def f(seen):\n    total, by = Order.objects.exclude(pk__in=seen).delete()\n    print(by['shop.Order'])\n", []string{"medium/medium/preview"}},
		{querysetdeletecollects.Rule, command + "def f(seen):\n    total, by = Order.objects.exclude(shop__code__in=seen).delete()\n    print(by['shop.Order'])\n", []string{"medium/medium/preview"}},
		{bulkcreateaccumulates.Rule, bulk + "            if row['code'] in shops:\n                made.append(Line(row=row))\n    Line.objects.bulk_create(made)\n", []string{"medium/medium/preview"}},
		{bulkcreateaccumulates.Rule, command + "def f(shops):\n    Line.objects.bulk_create([Line(order=x) for x in Order.objects.iterator() if x.shop_id in shops])\n", []string{"medium/medium/preview"}},
		{querysetlen.Rule, command + "def f():\n    return len(Order.objects.all())\n", []string{"medium/high"}},
		{querysetlen.Rule, command + "def f():\n    return len(OrderAggregate.objects.all())\n", []string{"medium/high/preview"}},
		{querysetlen.Rule, command + "from wagtail.snippets.models import register_snippet\n\n@register_snippet\nclass Quote(Model):\n    pass\n\ndef f():\n    return len(Quote.objects.all())\n", []string{"medium/high/preview"}},
		{querysettruth.Rule, command + "def f():\n    orders = Order.objects.all()\n    if orders:\n        orders.delete()\n        return choose(Order.objects.all())\n", []string{"medium/high/preview"}},
		{querysettruth.Rule, command + "def f():\n    orders = Order.objects.all()\n    if orders:\n        orders.delete()\n        return Order.objects.all().count()\n", []string{"medium/high"}},
		{querysetloopwithoutiterator.Rule, command + "def f(seen):\n    for x in Order.objects.exclude(code__in=seen):\n        x.close()\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, command + "def f():\n    for x in Order.objects.exclude(code__in=Line.objects.values('code')):\n        x.close()\n", []string{"medium/medium"}},
		{querysetloopwithoutiterator.Rule, command + "def f():\n    for x in Order.objects.distinct('shop__code'):\n        x.close()\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, command + "def f():\n    for x in Order.objects.distinct('code'):\n        x.close()\n", []string{"medium/medium"}},
		{querysetloopwithoutiterator.Rule, command + "def f(options):\n    if options['list']:\n        for x in Order.objects.all():\n            print(x)\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, command + "def f(self, options):\n    list_orders = options.get('list_orders')\n    if list_orders:\n        for x in Order.objects.all():\n            self._print_order(x)\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, command + "def f(options):\n    if options['list']:\n        for x in Order.objects.all():\n            x.close()\n", []string{"medium/medium"}},
		{querysetloopwithoutiterator.Rule, command + "def f(path):\n    with open(path, 'w') as out:\n        for x in Order.objects.all():\n            out.write(x.label.encode('utf-8'))\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, command + "def f(path):\n    with open(path, 'wb') as out:\n        for x in Order.objects.all():\n            out.write(x.label.encode('utf-8'))\n", []string{"medium/medium"}},
		{querysetloopwithoutiterator.Rule, "# shop/management/commands/a.py\nfrom shop.models import Order\n\ndef f():\n    for x in Order.objects.all():\n        remind(x)\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, command + "def f():\n    for x in Order.objects.filter(reviews__isnull=False):\n        x.close()\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, command + "def f():\n    for x in Event.objects.select_related('place'):\n        x.close()\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, command + "def f():\n    for x in LoginEvent.objects.all():\n        x.close()\n", []string{"medium/medium"}},
		{querysetloopwithoutiterator.Rule, command + "def f():\n    for x in Order.objects.all():\n        x.close()\n", []string{"medium/medium"}},
		{querysetloopwithoutiterator.Rule, command + "def f():\n    for x in Order.objects.filter(is_active=True, email__isnull=False, n__gt=0).exclude(late=True):\n        x.close()\n", []string{"medium/medium"}},
		{querysetloopwithoutiterator.Rule, command + "def f():\n    for x in Order.objects.filter(late=True):\n        x.close()\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, command + "def f():\n    for x in Order.objects.exclude(state__in=['new', 'sent']):\n        x.close()\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, command + "def f():\n    for x in Document.objects.all():\n        x.close()\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, command + "# shop/models.py: class Document(models.Model): file = models.FileField()\n" + "def f():\n    for x in Document.objects.all():\n        x.close()\n", []string{"medium/medium"}},
		{querysetloopwithoutiterator.Rule, command + "# shop/models.py: class Document(models.Model): site = models.ForeignKey(Site)\n" + "def f():\n    for x in Document.objects.all():\n        x.close()\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, command + "# shop/models.py: class Profile(models.Model): at = models.DateTimeField(auto_now_add=True)\n" + "def f():\n    for x in Profile.objects.all():\n        x.close()\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, command + "# shop/models.py: class Profile(models.Model): user = models.OneToOneField(User)\n" + "def f():\n    for x in Profile.objects.all():\n        x.close()\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, command + "# requirements.txt: django-allauth\n# shop/models.py: class Profile(models.Model): user = models.OneToOneField(User)\n" + "def f():\n    for x in Profile.objects.all():\n        x.close()\n", []string{"medium/medium"}},
		{querysetloopwithoutiterator.Rule, command + "def f():\n    for x in User.objects.all():\n        x.close()\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, command + "# requirements.txt: django-allauth\ndef f():\n    for x in User.objects.all():\n        x.close()\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, "# shop/migrations/0002_a.py\n# requirements.txt: django-allauth\nfrom shop.models import *\n\ndef f():\n    for x in User.objects.all():\n        x.close()\n", []string{"medium/medium"}},
		{querysetloopwithoutiterator.Rule, "# shop/migrations/0002_a.py\n# requirements.txt: django-axes\nfrom shop.models import *\n\ndef f():\n    for x in User.objects.all():\n        x.close()\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, command + "def f():\n    for x in AppUser.objects.all():\n        x.close()\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, command + "# shop/models.py: class Document(OrderedModel): file = models.FileField()\n" + "def f():\n    for x in Document.objects.all():\n        x.close()\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, command + "def f():\n    for x in WarningMessage.objects.all():\n        x.close()\n", []string{"low/medium/preview"}},
		{querysetloopwithoutiterator.Rule, command + "def f():\n    for x in Session.objects.all():\n        x.close()\n", []string{"medium/medium"}},
		{querysetloopwithoutiterator.Rule, command + sessions + "# shop/settings.py: SESSION_ENGINE = 'django.contrib.sessions.backends.cache'\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, command + sessions + "# shop/settings.py: SESSION_ENGINE = 'django.contrib.sessions.backends.cached_db'\n", []string{"medium/medium"}},
		{querysetloopwithoutiterator.Rule, command + "# shop/settings.py: SESSION_ENGINE = 'django.contrib.sessions.backends.cache'\ndef f():\n    for x in Session.objects.all():\n        x.close()\n", []string{"medium/medium"}},
		{querysetloopwithoutiterator.Rule, command + "def f():\n    for x in SocialAccount.objects.all():\n        x.close()\n", []string{"medium/medium"}},
		{querysetloopwithoutiterator.Rule, command + "def f():\n    for x in Bottle.objects.select_related('shop'):\n        x.close()\n", []string{"medium/medium/preview"}},
		{querysetloopwithoutiterator.Rule, "# scripts/management/scripts/a.py\nfrom shop.models import *\nfrom celery import shared_task\n\n@shared_task\ndef f():\n    for x in Order.objects.all():\n        x.close()\n", []string{"medium/medium/preview"}},
		{querysetmaterialised.Rule, command + "def f(n):\n    return list(Bottle.objects.all())[:n]\n", []string{"medium/medium/preview"}},
		{querysetmaterialised.Rule, command + "def f(n):\n    return list(Order.objects.all())[:n]\n", []string{"medium/medium"}},
		{querysetmaterialised.Rule, command + "def f(n, child):\n    return list(Bottle.objects.filter(sex=child.sex))[:n]\n", []string{"low/medium/preview"}},
		{responsefilebuffered.Rule, response + "return HttpResponse(open(name, 'rb'))\n", []string{"high/high"}},
		{querysetmaterialised.Rule, command + "def f():\n    rows = sorted(Order.objects.all(), key=weigh)\n    handle(rows)\n    del rows\n", []string{"low/medium/preview"}},
		{responsefilebuffered.Rule, response + "return HttpResponse(open(name, 'rb'), content_type='image/png')\n", []string{"high/high/preview"}},
		{responsefilebuffered.Rule, response + "data = open(name, 'rb').read()\n    os.remove(name)\n    return HttpResponse(data)\n", []string{"high/high/preview"}},
		{responsefilebuffered.Rule, response + "with tempfile.TemporaryDirectory() as folder:\n        path = os.path.join(folder, name)\n        return HttpResponse(open(path, 'rb'))\n", []string{"high/high/preview"}},
		{responsefilebuffered.Rule, response + "with open(name + '.tex', 'w') as out:\n        out.write('x')\n    return HttpResponse(open(name, 'rb'))\n", []string{"high/high/preview"}},
		{responsefilebuffered.Rule, response + "from shop.reports import export\n    return HttpResponse(open(export(name), 'rb'))\n", []string{"high/high/preview"}},
		{responsefilebuffered.Rule, response + "return HttpResponse(open(os.path.join(name, name), 'rb'))\n", []string{"high/high"}},
		{responsefilebuffered.Rule, response + "picture.save(name)\n    return HttpResponse(open(name, 'rb'))\n", []string{"high/high/preview"}},
		{uploadlimitdisabled.Rule, settings + "DATA_UPLOAD_MAX_MEMORY_SIZE = None\n", []string{"high/high"}},
		{uploadlimitdisabled.Rule, settings + "# nginx\n\nDATA_UPLOAD_MAX_MEMORY_SIZE = None\n", []string{"high/high"}},
		{uploadlimitdisabled.Rule, settings + "# Nginx refuses what is larger than 20 MB.\nHOSTS = []\nDATA_UPLOAD_MAX_MEMORY_SIZE = None\n", []string{"high/high/preview"}},
		{signalconnectedinfunction.Rule, "# shop/signals.py\nfrom django.db.models.signals import post_save\nfrom django.dispatch import receiver\n\n@receiver(post_save)\ndef f(sender, **kwargs):\n    if sender == Order:\n        post_save.disconnect(f, sender=sender)\n        post_save.connect(f, sender=Order)\n", []string{"low/low"}},
		{signalconnectedinfunction.Rule, "# shop/signals.py\nfrom django.db.models.signals import post_save\nfrom django.dispatch import receiver\n\n@receiver(post_save)\ndef f(sender, **kwargs):\n    if sender == Basket:\n        post_save.disconnect(f, sender=sender)\n    post_save.connect(f, sender=Order)\n", []string{"medium/high"}},
		{responsefilebuffered.Rule, response + "picture.generate()\n    return HttpResponse(open(picture.name, 'rb'))\n", []string{"high/high/preview"}},
		{responsefilebuffered.Rule, response + "picture.check()\n    return HttpResponse(open(picture.name, 'rb'))\n", []string{"high/high"}},
		{responsefilebuffered.Rule, response + "draw_sky(picture, out=name)\n    return HttpResponse(open(name, 'rb'))\n", []string{"high/high/preview"}},
		{responsefilebuffered.Rule, response + "path = get_temp_file(name)\n    return HttpResponse(open(path, 'rb'))\n", []string{"high/high/preview"}},
		{responsefilebuffered.Rule, response + "answer = HttpResponse(open(name, 'rb'))\n    answer['content-type'] = 'image/png'\n    return answer\n", []string{"high/high/preview"}},
		{responsefilebuffered.Rule, response + "answer = HttpResponse(open(name, 'rb'))\n    answer['content-type'] = 'application/zip'\n    return answer\n", []string{"high/high"}},
		{responsefilebuffered.Rule, response + "return HttpResponse(open(name, 'rb'), content_type='text/plain')\n", []string{"high/high/preview"}},
		{responsefilebuffered.Rule, strings.Replace(response, "def view", "def logo", 1) + "return HttpResponse(open(name, 'rb'))\n", []string{"high/high/preview"}},
		{responsefilebuffered.Rule, response + "folder = os.path.join(package_path(picture), 'static')\n    path = os.path.join(folder, name)\n    return HttpResponse(open(path, 'rb'))\n", []string{"high/high/preview"}},
		{responsefilebuffered.Rule, response + "path = os.path.join('/srv/statistics', name)\n    return HttpResponse(open(path, 'rb'))\n", []string{"high/high"}},
		{responsefilebuffered.Rule, wrapper + "return HttpResponse(FileWrapper(totals(name)))\n", []string{"medium/medium/preview"}},
		{responsefilebuffered.Rule, wrapper + "return HttpResponse(FileWrapper(open(name, 'rb')))\n", []string{"high/high"}},
		{responsefilebuffered.Rule, stored + "return HttpResponse(storage.open(name).read())\n", []string{"high/high"}},
		{responsefilebuffered.Rule, stored + "return HttpResponse(storage.open(name).read())\n\ndef keep(name, text):\n    storage.save(name, text)\n", []string{"high/high"}},
		{responsefilebuffered.Rule, stored + "return HttpResponse(storage.open(name).read())\n\ndef keep(name, text):\n    storage.save(name, ContentFile(text))\n", []string{"high/high/preview"}},
		{responsefilebuffered.Rule, response + "data = open(name, 'rb').read()\n    if picture:\n        return HttpResponse(data, content_type='image/png')\n    return HttpResponse(data)\n", []string{"high/high"}},
		{resourcenotclosed.Rule, "# shop/tasks.py\nimport zipfile\n\ndef names(path):\n    packed = zipfile.ZipFile(path)\n    return len(packed.namelist())\n", []string{"low/medium"}},
		{resourcenotclosed.Rule, "# shop/tasks.py\nimport zipfile\n\ndef names(upload):\n    packed = zipfile.ZipFile(upload)\n    return len(packed.namelist())\n", []string{"low/medium/preview"}},
		{resourcenotclosed.Rule, "# shop/tasks.py\nimport tarfile\n\ndef names(path, stream):\n    packed = tarfile.open(path, fileobj=stream)\n    return len(packed.getnames())\n", []string{"low/medium/preview"}},
		{spooledfilewithoutlimit.Rule, spool + "picture.save(out, format='PNG')\n        out.seek(0)\n        keep(out)\n", []string{"medium/high/preview"}},
		{spooledfilewithoutlimit.Rule, spool + "copyfileobj(io.BytesIO(content), out)\n", []string{"medium/high/preview"}},
		{spooledfilewithoutlimit.Rule, spool + "with io.BytesIO(content) as source:\n            copyfileobj(source, out)\n", []string{"medium/high/preview"}},
		{spooledfilewithoutlimit.Rule, spool + "copyfileobj(content, out)\n", []string{"medium/high"}},
		{spooledfilewithoutlimit.Rule, spool + "out.write(content)\n", []string{"medium/high/preview"}},
		{spooledfilewithoutlimit.Rule, spool + "for piece in content:\n            out.write(piece)\n", []string{"medium/high"}},
		{spooledfilewithoutlimit.Rule, spool + "picture.save(out)\n        pack(content, out)\n", []string{"medium/high"}},
		{spooledfilewithoutlimit.Rule, spool + "pack(content, out)\n", []string{"medium/high"}},
		{uploadreadwhole.Rule, upload + "text = request.FILES['words'].read().decode()\n    keep(text)\n", []string{"medium/high"}},
		{uploadreadwhole.Rule, upload + "try:\n        text = request.FILES['words'].read().decode()\n    except (UnicodeDecodeError, KeyError):\n        return 1\n    keep(text)\n", []string{"medium/high/preview"}},
		{uploadreadwhole.Rule, upload + "try:\n        text = request.FILES['words'].read().decode()\n    except KeyError:\n        return 1\n    keep(text)\n", []string{"medium/high"}},
		{uploadreadwhole.Rule, "import io\n" + upload + "for up in request.FILES.getlist('x'):\n        out.append({'file': io.BytesIO(up.read())})\n", []string{"medium/high/preview"}},
		{uploadreadwhole.Rule, "import io\n" + upload + "for up in request.FILES.getlist('x'):\n        parse(io.BytesIO(up.read()))\n", []string{"medium/high"}},
		{uploadreadwhole.Rule, "import io\nfrom shop.pdf import extract_notes\n" + upload + "for up in request.FILES.getlist('x'):\n        extract_notes(io.BytesIO(up.read()))\n", []string{"medium/high/preview"}},
		{uploadreadwhole.Rule, "import io\nfrom shop.pdf import add_notes\n" + upload + "for up in request.FILES.getlist('x'):\n        add_notes(io.BytesIO(up.read()))\n", []string{"medium/high"}},
		{uploadreadwhole.Rule, upload + "out.write(request.FILES['words'].read().decode())\n", []string{"medium/high"}},
		{uploadreadwhole.Rule, "# shop/views.py\n@permission_required('shop.words')\ndef view(request, out):\n    out.write(request.FILES['words'].read().decode())\n", []string{"medium/high/preview"}},
	} {
		if diff := cmp.Diff(test.want, ruletest.Levels(t, test.rule, test.code)); diff != "" {
			t.Errorf("%s: levels (-want +got):\n%s\n%s", test.rule.Name, diff, test.code)
		}
	}
}
