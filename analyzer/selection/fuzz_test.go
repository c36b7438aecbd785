package selection_test

import (
	"path"
	"testing"

	"github.com/djleak/djleak/analyzer/selection"
)

// FuzzSelection chooses by any globs. A file is chosen only if each folder above it may hold chosen files, or a walk and a
// list of a tree's paths would differ; and an excluded file is never chosen.
func FuzzSelection(f *testing.F) {
	f.Add("", "", "shop/views.py")
	f.Add("shop/**/*.py", "**/migrations/**", "shop/migrations/0001_initial.py")
	f.Add("vendor/{six,seven}/**", "[!a-z]*", "vendor/six/six.py")
	f.Add("{{{{a,b},c},d},e}*****************x", "**/**/**/**/**/a", "a/a/a/a/a/a/a/a/aaaaaaaaaaaaaaaaaaaaa.py")
	f.Add("\x00", "\\", "../../a.py")
	f.Fuzz(func(t *testing.T, include, exclude, name string) {
		// Git has no other paths.
		if name == "" || path.Clean("/"+name) != "/"+name || len(name) > 4096 {
			return
		}
		var includes, excludes []string
		if include != "" {
			includes = []string{include}
		}
		if exclude != "" {
			excludes = []string{exclude}
		}
		choice, err := selection.New(includes, excludes)
		if err != nil {
			return
		}
		if !choice.File(name) {
			return
		}
		for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
			if !choice.Folder(folder) {
				t.Errorf("%s is chosen, %s may hold nothing", name, folder)
			}
		}
		if without, err := selection.New(includes, []string{"**"}); err != nil || without.File(name) {
			t.Errorf("%s is chosen although everything is excluded: %v", name, err)
		}
	})
}
