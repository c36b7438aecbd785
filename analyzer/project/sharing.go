package project

import (
	"bytes"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/settings"
)

// sharingApps are applications that keep in the default cache what all processes have to agree on: switches, preferences,
// limits.
var sharingApps = map[string]bool{
	"waffle": true, "cachalot": true, "dynamic_preferences": true, "maintenance_mode": true,
	"allauth.account": true, "flags": true,
}

// cachedSessions are the session engines that keep sessions in a cache.
var cachedSessions = map[string]bool{
	"django.contrib.sessions.backends.cache": true, "django.contrib.sessions.backends.cached_db": true,
}

// sharing is a setting that makes the processes share something through the default cache, in a file that says to be production's or
// not.
type sharing struct {
	SettingOf
	production bool
}

// holds reports whether such a setting holds: production's own file may keep sessions elsewhere than its base does. That it takes
// something out of a list or a dict of the base is rare.
func (s sharing) holds(facts *Facts) bool {
	return s.production || s.Name != sessionEngine || !facts.SetInProduction(s.Name, s.File)
}

// sharesThrough reports whether a setting makes the processes share something through the default cache: sessions, whole pages, an
// application that does. The limits of Django REST framework keep a few times for each client: they matter to how many requests it
// has, and to no memory.
func sharesThrough(setting settings.Setting) bool {
	switch setting.Name {
	case sessionEngine:
		return cachedSessions[setting.Value.Text]
	case "MIDDLEWARE", "MIDDLEWARE_CLASSES":
		return slices.Contains(texts(setting.Value), "django.middleware.cache.UpdateCacheMiddleware")
	case "INSTALLED_APPS":
		return slices.ContainsFunc(texts(setting.Value), func(app string) bool {
			name, _, _ := strings.Cut(app, ".apps.")
			return sharingApps[name]
		})
	}
	return false
}

// invalidates reports whether a module of models or receivers takes something out of a cache, so that no process may keep it.
func invalidates(raw []byte) bool {
	return bytes.Contains(raw, []byte("django.core.cache")) && (bytes.Contains(raw, []byte("cache.delete")) || bytes.Contains(raw, []byte("cache.clear(")))
}
