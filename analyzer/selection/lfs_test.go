package selection_test

import (
	"strings"
	"testing"

	"github.com/djleak/djleak/analyzer/selection"
)

func TestLFSPointer(t *testing.T) {
	t.Parallel()
	const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"
	for content, want := range map[string]bool{
		pointer:                                  true,
		"":                                       false,
		"# " + pointer:                           false,
		"version = 'https://example.org'\n":      false,
		pointer + strings.Repeat("x = 1\n", 200): false,
	} {
		if got := selection.LFSPointer([]byte(content)); got != want {
			t.Errorf("LFSPointer(%.60q) = %t, want %t", content, got, want)
		}
	}
}
