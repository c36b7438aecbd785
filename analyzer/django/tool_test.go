package django_test

import "testing"

func TestDevelopersTool(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path, function string
		want           bool
	}{
		{"shop/management/commands/remind.py", "handle", false},
		{"shop/management/commands/seed_orders.py", "handle", true},
		{"shop/management/commands/simulation.py", "handle", true},
		{"shop/management/commands/reset_all_data.py", "handle", true},
		{"shop/management/commands/wipe_db.py", "handle", true},
		{"shop/management/commands/reset_usage_data.py", "handle", false},
		{"shop/management/commands/reset_database_passwords.py", "handle", false},
		{"shop/testing/orders.py", "handle", true},
		{"shop/management/commands/testsystem_cleanup.py", "handle", true},
		{"shop/management/commands/assign_to_dev_users.py", "handle", true},
		{"shop/management/commands/createfixtures.py", "handle", true},
		{"shop/devices/orders.py", "handle", false},
		{"shop/contest.py", "handle", false},
		{"shop/tasks.py", "fake_orders", true},
		{"shop/tasks.py", "latest_orders", false},
		{"shop/testdatabuilder/orders.py", "create", true},
		{"shop/views.py", "debug_table", true},
		{"shop/development/views.py", "components", true},
		{"shop/land_development/views.py", "components", false},
		{"scratch/repair.py", "repair", true},
	} {
		f := view(t, test.path, "def "+test.function+"():\n    show(1)")
		if got := f.DevelopersTool(shown(t, f)); got != test.want {
			t.Errorf("DevelopersTool of %s in %s = %t, want %t", test.function, test.path, got, test.want)
		}
	}
}

func TestDevelopersToolByWhatItSays(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		code string
		want bool
	}{
		{"import sys\ndef f():\n    if 'test' in sys.argv or 'runserver' in sys.argv:\n        show(1)", true},
		{"import sys\ndef f():\n    if 'test' in sys.argv or ready:\n        show(1)", false},
		{"import sys\ndef f():\n    if 'reindex' in sys.argv:\n        show(1)", false},
		{"def f():\n    if settings.CELERY_TASK_ALWAYS_EAGER:\n        show(1)", true},
		{"def f():\n    if getattr(settings, 'CELERY_ALWAYS_EAGER', False):\n        show(1)", true},
		{"def f():\n    if queue.is_eager():\n        show(1)", true},
		{"def f():\n    if not queue.is_eager():\n        show(1)", false},
		{"def f():\n    if queue.eager_rows():\n        show(1)", false},
		{"def f():\n    if not settings.DEBUG:\n        raise Http404\n    for order in orders:\n        show(1)", true},
		{"def f():\n    if not settings.DEBUG:\n        log()\n    show(1)", false},
		{"def f():\n    if settings.DEBUG:\n        return\n    show(1)", false},
		{"def f():\n    show(1)\n    if not settings.DEBUG:\n        return", false},
		{"def f():\n    if ready:\n        if not settings.DEBUG:\n            return\n    else:\n        show(1)", false},
		{"class Command:\n    help = 'Populates the development environment'\n    def handle(self):\n        show(1)", true},
		{"class Command:\n    help = ('Needs the fixture of ' 'users')\n    def handle(self):\n        show(1)", true},
		{"class Command:\n    help = 'Cleanses your local database'\n    def handle(self):\n        show(1)", true},
		{"class Command:\n    help = 'Sends the latest test results'\n    def handle(self):\n        show(1)", false},
		{"class Command:\n    def handle(self):\n        help = 'dummy data'\n        show(1)", false},
		{"class Command:\n    help = 'Generate test orders of customers'\n    def handle(self):\n        show(1)", true},
		{"class Command:\n    help = 'Generates the orders'\n    def handle(self):\n        show(1)", false},
		{"def handle():\n    import pdb; pdb.set_trace()\n    show(1)", true},
		{"def handle():\n    breakpoint()\n    show(1)", true},
		{"class Command:\n    def close(self):\n        show(1)\n    def handle(self):\n        breakpoint()\n        self.close()", true},
		{"class Command:\n    def close(self):\n        breakpoint()\n    def handle(self):\n        show(1)", false},
		{"def stop():\n    breakpoint()\ndef handle():\n    show(1)", false},
		{"def handle():\n    for user in users:\n        show(1)\n        user.set_password('secret')", true},
		{"def handle():\n    for user in users:\n        show(1)\n        user.set_password(password)", false},
		{"def handle():\n    for member in members:\n        show(1)\n        user = User()\n        user.set_password('secret')", false},
		{"def handle():\n    show(1)\ndef reset():\n    for user in users:\n        user.set_password('secret')", false},
		{"from faker import Faker\ndef handle():\n    show(1)", true},
		{"from shop.factories import OrderFactory\ndef handle():\n    show(1)", true},
		{"from model_mommy import mommy\ndef handle():\n    show(1)", true},
		{"from shop.tests.factories import OrderFactory\ndef handle():\n    show(1)", true},
		{"from shop.contests import contests\ndef handle():\n    show(1)", false},
	} {
		f := view(t, "shop/management/commands/remind.py", test.code)
		if got := f.DevelopersTool(shown(t, f)); got != test.want {
			t.Errorf("DevelopersTool in\n%s\n= %t, want %t", test.code, got, test.want)
		}
	}
}

func TestReverses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path, operations string
		want             bool
	}{
		{"shop/migrations/0002_a.py", "RunPython(f, g)", false},
		{"shop/migrations/0002_a.py", "RunPython(g, f)", true},
		{"shop/migrations/0002_a.py", "RunPython(code=g, reverse_code=f)", true},
		{"shop/migrations/0002_a.py", "RunPython(f, g), migrations.RunPython(g, f)", false},
		{"shop/tasks.py", "RunPython(g, f)", false},
	} {
		f := view(t, test.path, "def f(apps, editor):\n    show(1)\noperations = [migrations."+test.operations+"]")
		if got := f.Reverses(shown(t, f)); got != test.want {
			t.Errorf("Reverses with %s in %s = %t, want %t", test.operations, test.path, got, test.want)
		}
	}
}

func TestReversesOfSouth(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{"backwards": true, "forwards": false} {
		f := view(t, "shop/migrations/0002_a.py", "class Migration(DataMigration):\n    def "+name+"(self, orm):\n        show(1)")
		if got := f.Reverses(shown(t, f)); got != want {
			t.Errorf("Reverses in %s = %t, want %t", name, got, want)
		}
	}
}

func TestIsSquashed(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path, body string
		want       bool
	}{
		{"shop/migrations/0001_squashed.py", "replaces = [('shop', '0001_initial'), ('shop', '0002_fill')]", true},
		{"shop/migrations/0001_squashed.py", "replaces = []", false},
		{"shop/migrations/0002_fill_squashed_0009_orders.py", "dependencies = []", true},
		{"shop/migrations/0001_initial.py", "initial = True", false},
		{"shop/models.py", "replaces = ['a']", false},
	} {
		f := view(t, test.path, "class Migration(migrations.Migration):\n    "+test.body)
		if got := f.IsSquashed(); got != test.want {
			t.Errorf("IsSquashed of %s with %s = %t, want %t", test.path, test.body, got, test.want)
		}
	}
}

func TestAbandoned(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		code string
		want bool
	}{
		{"def f():\n    show(1)", false},
		{"def _f():\n    show(1)", true},
		{"def _f():\n    show(1)\nvalue = [_f]", false},
		{"@task\ndef _f():\n    show(1)", false},
		{"class Shop:\n    def _f(self):\n        show(1)", false},
		{"# @task\ndef f():\n    show(1)", true},
		{"# @task(bind=True)\ndef f():\n    show(1)\nf()", false},
		{"# Ask @task.\ndef f():\n    show(1)", false},
		{"# @task\n\ndef f():\n    show(1)", false},
		{"def f():\n    def g():\n        pass\n    show(1)", false},
		{"# Not used any more.\ndef f():\n    show(1)", true},
		{"# ====\n# Legacy (we do not use this anymore)\n# ====\n@task\ndef f():\n    show(1)", true},
		{"# Not used any more.\ndef f():\n    show(1)\nf()", false},
		{"# Not used any more.\n\ndef f():\n    show(1)", false},
		{"# DEPRECATED\nclass Shop:\n    def f(self):\n        show(1)", true},
		{"# DEPRECATED\nclass Shop:\n    def f(self):\n        show(1)\nShop()", false},
		{"# Do not use the cache here.\ndef f():\n    show(1)", false},
		{"def f():\n    'Deprecated: call g().'\n    show(1)", true},
		{"def f():\n    'Deprecated: call g().'\n    show(1)\nf()", false},
		{"def f():\n    show(Order)", true},
		{"from shop.models import Order\ndef f():\n    show(Order)", false},
		{"from shop.models import *\ndef f():\n    show(Order)", false},
		{"def f():\n    show(ValueError, SIZE)", false},
	} {
		f := view(t, "shop/tasks.py", test.code)
		if got := f.Abandoned(f.Functions[0]); got != test.want {
			t.Errorf("Abandoned = %t, want %t\n%s", got, test.want, test.code)
		}
	}
}

func TestUncalledWithin(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{
		"def f():\n    def g():\n        show(1)\n    return 1":             true,
		"def f():\n    def g():\n        show(1)\n    return g":             false,
		"def f():\n    @task\n    def g():\n        show(1)":                false,
		"def f():\n    class A:\n        def g(self):\n            show(1)": false,
	} {
		f := view(t, "shop/tasks.py", code)
		if got := f.UncalledAt(shown(t, f).Range().Start); got != want {
			t.Errorf("UncalledAt = %t, want %t\n%s", got, want, code)
		}
	}
}

func TestUncalledInMigrations(t *testing.T) {
	t.Parallel()
	for operations, want := range map[string]bool{"RunPython(f)": false, "": true} {
		code := "def f(apps, editor):\n    show(1)\nclass Migration(migrations.Migration):\n    operations = [" + operations + "]\n"
		f := view(t, "shop/migrations/0002_orders.py", code)
		if got := f.Uncalled(f.Functions[0]); got != want {
			t.Errorf("Uncalled = %t, want %t\n%s", got, want, code)
		}
	}
}

func TestLacksNames(t *testing.T) {
	t.Parallel()
	const command = "shop/management/commands/a.py"
	for _, test := range []struct {
		path, code string
		want       bool
	}{
		{command, "def f():\n    show(1)", true},
		{"shop/tasks.py", "def f():\n    show(1)", false},
		{command, "def show(x):\n    pass\ndef f():\n    show(1)", false},
		{command, "def f():\n    print(input(unicode('a')), __import__('b'))", false},
		{command, "from shop.screen import *\ndef f():\n    show(1)", false},
		{command, "globals().update(names)\ndef f():\n    show(1)", false},
	} {
		f := view(t, test.path, test.code)
		if got := f.Abandoned(f.Functions[len(f.Functions)-1]); got != test.want {
			t.Errorf("Abandoned = %t, want %t\n%s", got, test.want, test.code)
		}
	}
}

func TestForeign(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]bool{
		"vendor-local/lib/tz.py": true, "shop/static/bower_components/map/convert.py": true, "shop/third_party/tz.py": true, "shop/vendors.py": false, "vendors/views.py": false, "shop/vendor.py": false,
	} {
		if got := view(t, path, "show(1)").Foreign(); got != want {
			t.Errorf("Foreign of %s = %t, want %t", path, got, want)
		}
	}
}

func TestForDevelopment(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"\"\"\"Serves files. Only for development: it SHOULD NOT be used in a\nproduction setting.\"\"\"": true,
		"\"\"\"Must never be used in production.\"\"\"":                                                   true,
		"\"\"\"Shows what is used in production.\"\"\"":                                                   false,
		"# not to be used in production":                                                                  false,
	} {
		if got := view(t, "shop/views.py", text+"\nshow(1)").ForDevelopment(); got != want {
			t.Errorf("ForDevelopment of a module that says %s = %t, want %t", text, got, want)
		}
	}
}

func TestDiscarded(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]bool{
		"archive/old_modules/chat/tasks.py": true, "old/shop/views.py": true, "shop/_unused/tasks.py": true, "archived_apps/chat/tasks.py": true, "shop/production_old.py": true, "shop/views.bak.py": true, "shop/backup.py": false, "shop/threshold.py": false,
		"Papers/Old Code/shop/views.py": true, "old-version/shop/views.py": true, "legacy_backup/views.py": true, "Archive/views.py": true,
		"_archive/views.py": true, "deprecated_apps/views.py": true,
		"archive/views.py": false, "archives/views.py": false, "deprecated/views.py": false, "legacy/views.py": false, "old_town/views.py": false, "shop/old.py": false,
	} {
		if got := view(t, path, "show(1)").Discarded(); got != want {
			t.Errorf("Discarded of %s = %t, want %t", path, got, want)
		}
	}
	for says, want := range map[string]bool{
		"DEPRECATED\nMoves lines.": true, "Moves lines. This command is deprecated: use move.": true, "*Obsolete*": true,
		"Deprecates what nobody buys.": false, "Moves lines of deprecated shops.": false,
	} {
		if got := view(t, "shop/views.py", `"""`+says+`"""`+"\nshow(1)").Discarded(); got != want {
			t.Errorf("Discarded of what says %q = %t, want %t", says, got, want)
		}
	}
}

// TestHidesNames holds that a command which gives the rows of a copy of the real database invented names meets all of them.
func TestHidesNames(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]bool{"fill_shop.py": true, "anonymise_shop.py": false, "scrub.py": false} {
		f := view(t, "shop/management/commands/"+path, "from faker import Faker\ndef handle():\n    show(1)")
		if got := f.DevelopersTool(shown(t, f)); got != want {
			t.Errorf("DevelopersTool in %s = %t, want %t", path, got, want)
		}
	}
}
