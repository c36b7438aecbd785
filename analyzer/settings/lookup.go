package settings

import (
	"path"
	"slices"
	"strings"
)

// At returns the setting that holds under a path of keys: At("CACHES", "default", "TIMEOUT"). Its Value is the one at the
// end of the path. It returns false where there is none, or where a condition leaves open what holds.
func (f *File) At(name string, keys ...string) (Setting, bool) {
	var held Setting
	known, open := false, false
	for _, setting := range f.Named(name) {
		value, depth := setting.Value.follow(keys)
		switch {
		case value == nil && depth < setting.Depth, value != nil && len(keys) < setting.Depth:
			// It sets something beside the path, or below its end.
		case setting.Guarded:
			open = true
		case value == nil:
			known, open = false, false
		default:
			held, known, open = setting, true, false
			held.Value = *value
		}
	}
	return held, known && !open
}

// follow returns the value under a path of keys, or nil and how many of the keys it found.
func (v *Value) follow(keys []string) (value *Value, found int) {
	for i, key := range keys {
		next := v.Entry(key)
		if next == nil {
			return nil, i
		}
		v = next
	}
	return v, len(keys)
}

// Decided returns the settings of a name that hold. In Python that is the last one, unless a condition leaves it open. In the
// other languages a name stands for itself wherever it stands, once a service perhaps.
func (f *File) Decided(name string) []Setting {
	if f.Format == Python {
		if setting, ok := f.At(name); ok {
			return []Setting{setting}
		}
		return nil
	}
	return slices.DeleteFunc(f.Named(name), func(s Setting) bool { return s.Guarded })
}

// mostKeys bounds what Keys returns: nobody has that many databases, but a hostile file.
const mostKeys = 100

// Keys returns the keys of a setting that is a dict, such as the aliases of DATABASES, in source order. It leaves out those that
// only a condition brings.
func (f *File) Keys(name string) []string {
	var keys []string
	for _, setting := range f.Named(name) {
		for _, entry := range setting.Value.Entries {
			if len(keys) == mostKeys {
				return keys
			}
			if !setting.Guarded && !slices.Contains(keys, entry.Key) {
				keys = append(keys, entry.Key)
			}
		}
	}
	return keys
}

// Item is one value of a list with the setting that puts it there.
type Item struct {
	Setting Setting
	Value   Value
}

// Items returns the items of a setting that is a list, such as INSTALLED_APPS, with those that += and append() add. It leaves out
// those that only a condition brings.
func (f *File) Items(name string) []Item {
	var items []Item
	for _, setting := range f.Named(name) {
		if setting.Guarded || setting.Value.Kind != List {
			continue
		}
		if setting.Depth == 0 {
			items = nil
		}
		for _, value := range setting.Value.Items {
			items = append(items, Item{Setting: setting, Value: value})
		}
	}
	return items
}

// Celery returns the settings of one of Celery's options that hold: CELERY_RESULT_EXPIRES, and result_expires in a module of
// Celery's own, whose name begins with celery.
func (f *File) Celery(option string) []Setting {
	named := f.Decided("CELERY_" + strings.ToUpper(option))
	if f.Format == Python && strings.HasPrefix(path.Base(f.Path), "celery") {
		named = append(named, f.Decided(option)...)
	}
	return named
}
