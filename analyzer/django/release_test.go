package django_test

import (
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer/release"
)

func TestDjango(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		code string
		want release.Limit
	}{
		{"from django.urls import reverse\n", release.Limit{}},
		{"from django.core.urlresolvers import reverse\n", release.Limit{Major: 2}},
		{"import django.core.urlresolvers\n", release.Limit{Major: 2}},
		{"from django.conf.urls import patterns, url\n", release.Limit{Major: 1, Minor: 10}},
		{"from django.conf.urls import include\n", release.Limit{}},
		{"from django.conf.urls.defaults import *\n", release.Limit{Major: 1, Minor: 6}},
		{"from django.utils.translation import gettext, ugettext_lazy as _\n", release.Limit{Major: 4}},
		{"from django.contrib.comments.models import Comment\n", release.Limit{Major: 1, Minor: 8}},
		{"from django.utils.six.moves import urllib\n", release.Limit{Major: 3}},
		{"import os, urllib2\nfrom django.utils.encoding import force_text\n", release.Limit{Major: 2}},
		{"import urlparse\n", release.Limit{Major: 2}},
		{"from . import urlparse\n", release.Limit{}},
		{"from .urlparse import parse\n", release.Limit{}},
		{"try:\n    from django.core.urlresolvers import reverse\nexcept ImportError:\n    from django.urls import reverse\n", release.Limit{}},
		{"if six.PY2:\n    import urllib2\n", release.Limit{}},
		{"def f():\n    from django.core.urlresolvers import reverse\n", release.Limit{}},
	} {
		f := view(t, "shop/views.py", test.code)
		for range 2 {
			if got := f.Django(); got != test.want {
				t.Errorf("Django() = %v, want %v, of\n%s", got, test.want, test.code)
			}
		}
	}
}

func TestDjangoAt(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		code string
		want release.Limit
	}{
		{"from django.core.urlresolvers import reverse\ndef f():\n    here()\n", release.Limit{Major: 2}},
		{"def f():\n    from django.core.urlresolvers import reverse\n    here()\n", release.Limit{Major: 2}},
		{"def f():\n    here()\n    from django.core.urlresolvers import reverse\n", release.Limit{}},
		{"def f():\n    try:\n        from django.contrib.comments.models import Comment\n    except ImportError:\n        pass\n    else:\n        here()\n", release.Limit{Major: 1, Minor: 8}},
		{"def f():\n    try:\n        from django.contrib.comments.models import Comment\n    except ImportError:\n        here()\n", release.Limit{}},
		{"from django.core.management.base import BaseCommand\nclass Command(BaseCommand):\n    option_list = BaseCommand.option_list + ()\n    def handle(self):\n        here()\n", release.Limit{Major: 1, Minor: 10}},
		{"from django.core.management.base import BaseCommand\nclass Command(BaseCommand):\n    option_list = getattr(BaseCommand, 'option_list', ())\n    def handle(self):\n        here()\n", release.Limit{}},
	} {
		f := view(t, "shop/management/commands/remind.py", test.code)
		if got := f.DjangoAt(int32(strings.Index(test.code, "here"))); got != test.want {
			t.Errorf("DjangoAt() = %v, want %v, of\n%s", got, test.want, test.code)
		}
	}
}
