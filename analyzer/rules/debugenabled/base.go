package debugenabled

import (
	"path"
	"strings"
)

// isBase reports whether a settings module is one that others build upon: a part of a package of settings, or one that says
// so by its name.
func isBase(file string) bool {
	folder, base := path.Split(file)
	stem := strings.TrimSuffix(base, ".py")
	for _, word := range []string{"base", "common", "default", "shared", "core", "global"} {
		if strings.Contains(stem, word) {
			return true
		}
	}
	inPackage := path.Base(folder) == "settings"
	return inPackage && stem != "prod" && stem != "production" && stem != "live"
}
