package django_test

import (
	"testing"

	"github.com/djleak/djleak/analyzer/release"
)

func TestDjango(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]release.Limit{
		"from django.urls import reverse\n":                                  {},
		"from django.core.urlresolvers import reverse\n":                     {Major: 2},
		"import django.core.urlresolvers\n":                                  {Major: 2},
		"from django.conf.urls import patterns, url\n":                       {Major: 1, Minor: 10},
		"from django.conf.urls import include\n":                             {},
		"from django.conf.urls.defaults import *\n":                          {Major: 1, Minor: 6},
		"from django.utils.translation import gettext, ugettext_lazy as _\n": {Major: 4},
		"from django.contrib.comments.models import Comment\n":               {Major: 1, Minor: 8},
		"from django.utils.six.moves import urllib\n":                        {Major: 3},
		"import os, urllib2\nfrom django.utils.encoding import force_text\n": {Major: 2},
		"import urlparse\n":                                                  {Major: 2},
		"from . import urlparse\n":                                           {},
		"from .urlparse import parse\n":                                      {},
		"try:\n    from django.core.urlresolvers import reverse\nexcept ImportError:\n    from django.urls import reverse\n": {},
		"if six.PY2:\n    import urllib2\n":                            {},
		"def f():\n    from django.core.urlresolvers import reverse\n": {},
	} {
		f := view(t, "shop/views.py", code)
		for range 2 {
			if got := f.Django(); got != want {
				t.Errorf("Django() = %v, want %v, of\n%s", got, want, code)
			}
		}
	}
}
