package analyzer

import (
	"path"
	"slices"
	"strings"
)

// distributions are the packages of well-known distributions for Django that projects copy among their own.
var distributions = map[string]bool{
	"actstream": true, "allauth": true, "bootstrap3": true, "ckeditor": true, "ckeditor_uploader": true, "compressor": true,
	"corsheaders": true, "crispy_forms": true, "debug_toolbar": true, "dj_rest_auth": true, "django_celery_beat": true,
	"django_extensions": true, "django_filters": true, "djcelery": true, "drf_spectacular": true, "drf_yasg": true,
	"easy_thumbnails": true, "filebrowser": true, "filer": true, "grappelli": true, "guardian": true, "haystack": true,
	"imagekit": true, "import_export": true, "jet": true, "modeltranslation": true, "mptt": true, "ninja_extra": true,
	"ninja_jwt": true, "oauth2_provider": true, "photologue": true, "polymorphic": true, "registration": true, "rest_auth": true,
	"rest_framework": true, "rest_framework_simplejwt": true, "reversion": true, "simple_history": true, "social_auth": true,
	"social_core": true, "social_django": true, "sorl": true, "south": true, "storages": true, "suit": true, "taggit": true,
	"tastypie": true, "tinymce": true, "treebeard": true, "widget_tweaks": true, "xadmin": true,
}

// carries reports whether a file of a project belongs to a distribution that others release: it lies in a package of its name, which
// tells its version, or ends a line with the address of the repository that it comes from, and nothing beside the package says that
// it is released from here.
func (l *library) carries(project *mentioned, file string) bool {
	for folder := path.Dir(file); len(folder) >= len(project.folder) && folder != "."; folder = path.Dir(folder) {
		name := path.Base(folder)
		if !distributions[name] || slices.Contains(l.paths, path.Join(path.Dir(folder), "setup.py")) {
			continue
		}
		if l.holds(folder+"/__init__.py", "version") || l.holds(file, "/django-"+strings.ReplaceAll(name, "_", "-")+"\n") {
			return true
		}
	}
	return false
}

// holds reports whether a file holds a text in small letters.
func (l *library) holds(file, small string) bool {
	text, ok := l.text(file)
	return ok && strings.Contains(strings.ToLower(text), small)
}
