package settings

// LocMemCache is Django's local-memory cache backend.
const LocMemCache = "django.core.cache.backends.locmem.LocMemCache"

// A Cache is one entry of CACHES.
type Cache struct {
	Alias string
	// Backend is the setting of its BACKEND, whose value is a text.
	Backend Setting
}

// Caches returns the caches that CACHES sets up, in source order.
func (f *File) Caches() []Cache {
	var caches []Cache
	for _, alias := range f.Keys("CACHES") {
		if backend, ok := f.At("CACHES", alias, "BACKEND"); ok && backend.Value.Kind == Text {
			caches = append(caches, Cache{Alias: alias, Backend: backend})
		}
	}
	return caches
}
