package django

import (
	"strings"

	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/release"
)

// gone are the modules and names that Django no longer has, each with the first release without it, as its source shows. Of those
// that a release renamed, as ugettext became gettext, the old name is meant.
// Source: https://docs.djangoproject.com/en/5.2/internals/deprecation/
var gone = map[string]release.Limit{
	"django.conf.urls.defaults":                           {Major: 1, Minor: 6},
	"django.contrib.localflavor":                          {Major: 1, Minor: 6},
	"django.contrib.markup":                               {Major: 1, Minor: 6},
	"django.utils.simplejson":                             {Major: 1, Minor: 7},
	"django.contrib.comments":                             {Major: 1, Minor: 8},
	"django.contrib.formtools":                            {Major: 1, Minor: 8},
	"django.db.transaction.commit_on_success":             {Major: 1, Minor: 8},
	"django.contrib.admin.util":                           {Major: 1, Minor: 9},
	"django.contrib.contenttypes.generic":                 {Major: 1, Minor: 9},
	"django.contrib.sites.models.get_current_site":        {Major: 1, Minor: 9},
	"django.core.cache.get_cache":                         {Major: 1, Minor: 9},
	"django.db.backends.util":                             {Major: 1, Minor: 9},
	"django.db.models.get_model":                          {Major: 1, Minor: 9},
	"django.db.models.loading":                            {Major: 1, Minor: 9},
	"django.forms.util":                                   {Major: 1, Minor: 9},
	"django.utils.datastructures.SortedDict":              {Major: 1, Minor: 9},
	"django.utils.importlib":                              {Major: 1, Minor: 9},
	"django.utils.unittest":                               {Major: 1, Minor: 9},
	"django.conf.urls.patterns":                           {Major: 1, Minor: 10},
	"django.core.context_processors":                      {Major: 1, Minor: 10},
	"django.core.management.base.BaseCommand.option_list": {Major: 1, Minor: 10},
	"django.core.management.base.NoArgsCommand":           {Major: 1, Minor: 10},
	"django.core.urlresolvers":                            {Major: 2},
	"django.utils.encoding.force_unicode":                 {Major: 2},
	"django.utils.encoding.smart_unicode":                 {Major: 2},
	"django.contrib.staticfiles.templatetags":             {Major: 3},
	"django.shortcuts.render_to_response":                 {Major: 3},
	"django.utils.decorators.available_attrs":             {Major: 3},
	"django.utils.encoding.python_2_unicode_compatible":   {Major: 3},
	"django.utils.functional.curry":                       {Major: 3},
	"django.utils.lru_cache":                              {Major: 3},
	"django.utils.six":                                    {Major: 3},
	"django.conf.urls.url":                                {Major: 4},
	"django.utils.encoding.force_text":                    {Major: 4},
	"django.utils.encoding.smart_text":                    {Major: 4},
	"django.utils.http.is_safe_url":                       {Major: 4},
	"django.utils.http.urlquote":                          {Major: 4},
	"django.utils.translation.ugettext":                   {Major: 4},
	"django.utils.translation.ugettext_lazy":              {Major: 4},
	"django.utils.translation.ugettext_noop":              {Major: 4},
	"django.utils.translation.ungettext":                  {Major: 4},
	// Django 2.0 dropped Python 2, which alone has these: https://docs.djangoproject.com/en/5.2/releases/2.0/
	"ConfigParser": {Major: 2}, "HTMLParser": {Major: 2}, "StringIO": {Major: 2}, "cPickle": {Major: 2}, "cStringIO": {Major: 2},
	"cookielib": {Major: 2}, "httplib": {Major: 2}, "urllib2": {Major: 2}, "urlparse": {Major: 2}, "xmlrpclib": {Major: 2},
}

// Django returns the limit that the file's own imports set: on a Django without what it imports it could not be loaded. Only
// those count that are neither guarded nor put off.
func (f *File) Django() release.Limit {
	if f.django == nil {
		f.django = new(f.importLimit())
	}
	return *f.django
}

func (f *File) importLimit() release.Limit {
	var limit release.Limit
	for _, stmt := range f.Body() {
		limit = limit.Older(limitOf(stmt))
	}
	return limit
}

// DjangoAt returns the limit that code sets which has to succeed before that at an offset runs: what it imports, and what it takes from
// a class of Django's.
func (f *File) DjangoAt(offset int32) release.Limit {
	var limit release.Limit
	for stmt := range f.StatementsBefore(offset) {
		limit = limit.Older(limitOf(stmt))
		if assign, ok := stmt.(*python.Assign); ok {
			alwaysIn(assign.Value, func(node python.Node) {
				if access, ok := node.(*python.Attribute); ok {
					limit = limit.Older(gone[f.Qualified(access)])
				}
			})
		}
	}
	return limit
}

// limitOf returns the limit that a statement sets by what it imports.
func limitOf(stmt python.Stmt) release.Limit {
	var limit release.Limit
	switch s := stmt.(type) {
	case *python.Import:
		for _, alias := range s.Names {
			limit = limit.Older(goneSince(alias.Name))
		}
	case *python.ImportFrom:
		if s.Level > 0 {
			break
		}
		limit = goneSince(s.Module)
		for _, alias := range s.Names {
			limit = limit.Older(gone[s.Module+"."+alias.Name])
		}
	}
	return limit
}

// goneSince returns the limit that a module sets, or one that it stands in.
func goneSince(module string) release.Limit {
	for name := module; ; {
		if limit, ok := gone[name]; ok {
			return limit
		}
		i := strings.LastIndexByte(name, '.')
		if i < 0 {
			return release.Limit{}
		}
		name = name[:i]
	}
}
