package project

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/settings"
)

// sessionEngine is the setting of where sessions are kept.
const sessionEngine = "SESSION_ENGINE"

// rowless are the session engines that keep no rows. That of cached_db does.
// Source: https://docs.djangoproject.com/en/5.2/ref/settings/#session-engine
var rowless = []string{
	"django.contrib.sessions.backends.cache", "django.contrib.sessions.backends.file", "django.contrib.sessions.backends.signed_cookies",
}

// sessions is what a file that may be production's says of where sessions are kept.
type sessions struct {
	file       string
	production bool
	elsewhere  bool
}

// addSessions takes where a file keeps sessions. What a condition decides, or the environment, may be the database.
func (r *Reader) addSessions(file *settings.File, engine settings.Setting) {
	if file.Role == settings.Production {
		known := !engine.Guarded && !engine.Value.FromEnv
		r.sessions = append(r.sessions, sessions{strings.Clone(file.Path), file.SaysProduction(), known && slices.Contains(rowless, engine.Value.Text)})
	}
}

// areElsewhere reports whether every file with which production may start keeps sessions elsewhere than in the database.
func areElsewhere(said []sessions, facts *Facts) bool {
	said = slices.DeleteFunc(slices.Clone(said), func(s sessions) bool { return !s.production && facts.SetInProduction(sessionEngine, s.file) })
	return len(said) > 0 && !slices.ContainsFunc(said, func(s sessions) bool { return !s.elsewhere })
}
