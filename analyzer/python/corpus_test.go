//go:build corpus

package python

import (
	"os/exec"
	"strings"
	"testing"
)

// TestStandardLibrary compares every file of the installed Python's standard library with what that Python makes of it.
func TestStandardLibrary(t *testing.T) {
	t.Parallel()
	compareFiles(t, installedPython, pythonFiles(t, standardLibrary(t)))
}

func standardLibrary(t *testing.T) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "python3", "-c",
		"import sysconfig; print(sysconfig.get_path('stdlib'))").Output()
	if err != nil {
		t.Fatalf("this test compares with the installed python3: %v", err)
	}
	return strings.TrimSpace(string(out))
}
