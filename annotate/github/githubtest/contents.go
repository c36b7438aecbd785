package githubtest

import (
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// maxContents is the size up to which the contents API gives a file's bytes in its JSON.
const maxContents = 1 << 20

const (
	modeSymlink   = 0o120000
	modeSubmodule = 0o160000
)

func (s *Server) readable(w http.ResponseWriter, r *http.Request) *Repository {
	repository := s.repository(w, r)
	if repository == nil {
		return nil
	}
	if s.permissions.Contents < Read {
		forbidden(w, "repos/contents")
		return nil
	}
	return repository
}

func (s *Server) contents(w http.ResponseWriter, r *http.Request) {
	repository := s.readable(w, r)
	if repository == nil {
		return
	}
	ref := r.URL.Query().Get("ref")
	if ref == "" {
		ref = repository.defaultBranch
	}
	commit, err := repository.git.commit(ref)
	if err != nil {
		answer(w, http.StatusNotFound, message{Message: "No commit found for the ref " + ref})
		return
	}
	tree, err := repository.git.tree(commit)
	if err != nil {
		panic(err)
	}
	path := strings.Trim(r.PathValue("path"), "/")
	found, ok := tree[path]
	switch {
	case !ok:
		notFound(w)
		return
	case found.kind == "tree":
		rows := []map[string]any{}
		for child := range tree {
			if folder, name := cutLast(child); folder == path {
				rows = append(rows, map[string]any{"name": name, "path": child})
			}
		}
		answer(w, http.StatusOK, rows)
		return
	case found.mode == modeSubmodule:
		answer(w, http.StatusOK, map[string]any{"type": "submodule", "path": path, "sha": found.oid})
		return
	}
	data, err := repository.git.blob(found.oid)
	if err != nil {
		panic(err)
	}
	if len(data) > maxBlob {
		tooLarge(w)
		return
	}
	row := map[string]any{"type": "file", "path": path, "sha": found.oid, "size": len(data), "encoding": "none", "content": ""}
	if found.mode == modeSymlink {
		row["type"], row["target"] = "symlink", string(data)
	} else if len(data) <= maxContents {
		row["encoding"], row["content"] = "base64", base64.StdEncoding.EncodeToString(data)
	}
	answer(w, http.StatusOK, row)
}

func cutLast(path string) (folder, name string) {
	at := strings.LastIndexByte(path, '/')
	return path[:max(at, 0)], path[at+1:]
}

func (s *Server) blob(w http.ResponseWriter, r *http.Request) {
	repository := s.readable(w, r)
	if repository == nil {
		return
	}
	data, err := repository.git.blob(r.PathValue("file_sha"))
	if err != nil {
		notFound(w)
		return
	}
	if len(data) > maxBlob {
		tooLarge(w)
		return
	}
	raw := slices.ContainsFunc(r.Header.Values("Accept"), func(accept string) bool { return strings.Contains(accept, "raw") })
	if !raw {
		answer(w, http.StatusOK, map[string]any{
			"sha": r.PathValue("file_sha"), "size": len(data), "encoding": "base64", "content": base64.StdEncoding.EncodeToString(data),
		})
		return
	}
	w.Header().Set("Content-Type", "application/vnd.github.raw")
	_, _ = w.Write(data)
}

// maxBlob is the size above which no bytes are given at all.
const maxBlob = 100 << 20

func tooLarge(w http.ResponseWriter) {
	answer(w, http.StatusForbidden, message{
		Message: "This API returns blobs up to 100 MB in size. The requested blob is too large to fetch via the API, but you can always clone the repository via Git to obtain it.",
		Errors:  []any{map[string]any{"resource": "Blob", "field": "data", "code": "too_large"}},
	})
}

// maxTree is how many entries of a tree are told, maxTreeBytes how long the answer may get.
const (
	maxTree      = 100_000
	maxTreeBytes = 7 << 20
)

func (s *Server) tree(w http.ResponseWriter, r *http.Request) {
	repository := s.readable(w, r)
	if repository == nil {
		return
	}
	commit, err := repository.git.commit(r.PathValue("tree_sha"))
	if err != nil {
		notFound(w)
		return
	}
	tree, err := repository.git.tree(commit)
	if err != nil {
		panic(err)
	}
	rows := []map[string]any{}
	size, truncated := 0, false
	for _, path := range slices.Sorted(maps.Keys(tree)) {
		if len(rows) == maxTree || size > maxTreeBytes {
			truncated = true
			break
		}
		if r.URL.Query().Has("recursive") || !strings.Contains(path, "/") {
			found := tree[path]
			size += len(path) + 200 // The row's other words.
			rows = append(rows, map[string]any{
				"path": path, "mode": fmt.Sprintf("%06o", found.mode), "type": found.kind, "sha": found.oid,
			})
		}
	}
	answer(w, http.StatusOK, map[string]any{
		"sha": commit, "tree": rows, "truncated": truncated,
	})
}

// tarball sends to another host, as the real one does: the same listener under another name.
func (s *Server) tarball(w http.ResponseWriter, r *http.Request) {
	repository := s.readable(w, r)
	if repository == nil {
		return
	}
	commit, err := repository.git.commit(r.PathValue("ref"))
	if err != nil {
		notFound(w)
		return
	}
	host := r.Host
	if port, ok := strings.CutPrefix(host, "127.0.0.1:"); ok {
		host = "localhost:" + port
	}
	http.Redirect(w, r, "http://"+host+archivePath+repository.name+"/"+commit+"?token=passing", http.StatusFound)
}

func (s *Server) archive(w http.ResponseWriter, r *http.Request) {
	name, commit := cutLast(strings.TrimPrefix(r.URL.Path, archivePath))
	repository := s.repositories[name]
	if repository == nil {
		notFound(w)
		return
	}
	prefix := strings.ReplaceAll(repository.name, "/", "-") + "-" + commit[:7] + "/"
	data, err := repository.git.run(nil, "archive", "--format=tar.gz", "--prefix="+prefix, commit)
	if err != nil {
		notFound(w)
		return
	}
	w.Header().Set("Content-Type", "application/x-gzip")
	_, _ = w.Write(data)
}
