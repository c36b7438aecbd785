package git

import (
	"fmt"
	"strings"

	"github.com/djleak/djleak/analyzer/change"
)

// An entry is one record of git's raw diff format.
type entry struct {
	oldMode, newMode, oldID, newID string
	status                         byte
	oldPath, path                  string
}

// parseRaw reads the output of "git diff-tree -z --raw" and its like.
func parseRaw(out []byte) ([]entry, error) {
	fields := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	if len(out) == 0 {
		return nil, nil
	}
	var entries []entry
	for len(fields) > 0 {
		// ":100644 100644 <id> <id> R086", then a path, and for a rename or a copy a second one.
		meta := strings.Fields(strings.TrimPrefix(fields[0], ":"))
		if len(meta) != 5 || len(fields) < 2 {
			return nil, fmt.Errorf("unexpected record %q of a raw diff", fields[0])
		}
		e := entry{
			oldMode: meta[0], newMode: meta[1], oldID: meta[2], newID: meta[3], status: meta[4][0],
			oldPath: fields[1], path: fields[1],
		}
		fields = fields[2:]
		if e.status == 'R' || e.status == 'C' {
			if len(fields) == 0 {
				return nil, fmt.Errorf("the raw diff ends behind %q", e.path)
			}
			e.path = fields[0]
			fields = fields[1:]
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// isFile tells a regular file from a symbolic link, a submodule and nothing at all. Links and submodules are never read
// as source: what a link points to is reviewed where it stands.
func isFile(mode string) bool { return strings.HasPrefix(mode, "100") }

func isZero(id string) bool { return strings.Trim(id, "0") == "" }

// file is what an entry says of a file; false if neither side is one. A file that took the place of a link is new, one
// that gave way to a link is deleted.
func (e entry) file() (change.File, bool) {
	f := change.File{Path: e.path, OldPath: e.oldPath}
	switch oldFile, newFile := isFile(e.oldMode), isFile(e.newMode); {
	case oldFile && newFile && e.status == 'R':
		f.Status = change.Renamed
	case oldFile && newFile && e.status != 'C':
		f.Status = change.Modified
	case newFile:
		f.Status, f.OldPath = change.Added, ""
	case oldFile:
		f.Status = change.Deleted
	default:
		return change.File{}, false
	}
	return f, true
}
