package selection

import "bytes"

// LFSPointer reports whether content is what Git LFS keeps in a repository in place of a file: a few lines that name it. The
// format is https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md.
func LFSPointer(content []byte) bool {
	const largest = 1024
	return len(content) < largest && bytes.HasPrefix(content, []byte("version https://git-lfs.github.com/spec/"))
}
