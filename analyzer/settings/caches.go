package settings

// LocMemCache is Django's local-memory cache backend.
const LocMemCache = "django.core.cache.backends.locmem.LocMemCache"

// A Cache is one entry of CACHES.
type Cache struct {
	Alias string
	// Backend is the value of BACKEND, a text.
	Backend Value
	// Config is the whole entry.
	Config Value
	// Guarded is true where the setting depends on a condition.
	Guarded bool
}

// Caches returns the caches that CACHES sets up, in source order.
func (f *File) Caches() []Cache {
	var caches []Cache
	for _, setting := range f.Named("CACHES") {
		for _, entry := range setting.Value.Entries {
			if backend := entry.Value.Entry("BACKEND"); backend != nil && backend.Kind == Text {
				caches = append(caches, Cache{Alias: entry.Key, Backend: *backend, Config: entry.Value, Guarded: setting.Guarded})
			}
		}
	}
	return caches
}
