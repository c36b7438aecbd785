package analyzer

import (
	"path"
	"slices"
	"strings"
)

// distributions are the packages of well-known distributions for Django that projects copy among their own.
var distributions = map[string]bool{
	"allauth": true, "bootstrap3": true, "ckeditor": true, "ckeditor_uploader": true, "compressor": true, "corsheaders": true,
	"crispy_forms": true, "debug_toolbar": true, "dj_rest_auth": true, "django_extensions": true, "django_filters": true, "djcelery": true,
	"easy_thumbnails": true, "filebrowser": true, "grappelli": true, "guardian": true, "haystack": true, "imagekit": true,
	"import_export": true, "jet": true, "modeltranslation": true, "mptt": true, "oauth2_provider": true, "photologue": true,
	"polymorphic": true, "registration": true, "rest_auth": true, "rest_framework": true, "reversion": true, "simple_history": true,
	"social_auth": true, "social_core": true, "social_django": true, "sorl": true, "south": true, "storages": true, "suit": true,
	"taggit": true, "tastypie": true, "tinymce": true, "treebeard": true, "widget_tweaks": true, "xadmin": true,
}

// carries reports whether a file of a project belongs to a distribution that others release: it lies in a package of its name, which
// tells its version, and nothing beside it says that it is released from here.
func (l *library) carries(project *mentioned, file string) bool {
	for folder := path.Dir(file); len(folder) >= len(project.folder) && folder != "."; folder = path.Dir(folder) {
		if !distributions[path.Base(folder)] || slices.Contains(l.paths, path.Join(path.Dir(folder), "setup.py")) {
			continue
		}
		if text, ok := l.text(folder + "/__init__.py"); ok && strings.Contains(strings.ToLower(text), "version") {
			return true
		}
	}
	return false
}
