package githubtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"
	validatorrules "github.com/vektah/gqlparser/v2/validator/rules"
)

// A node is an object of GraphQL: its type and what its fields come to.
type node struct {
	kind   string
	fields map[string]field
}

// A field's value is nil, a plain value, a *node or a []*node.
type field func(arguments map[string]any) (any, *graphQLError)

type graphQLError struct {
	Type    string `json:"type,omitempty"`
	Message string `json:"message"`
	Path    []any  `json:"path,omitempty"`
}

func value(v any) field { return func(map[string]any) (any, *graphQLError) { return v, nil } }

func (s *Server) serveGraphQL(w http.ResponseWriter, r *http.Request, body []byte) {
	if r.Method != http.MethodPost {
		notFound(w)
		return
	}
	var request struct {
		Query     string         `json:"query"`
		Variables map[string]any `json:"variables"`
	}
	if err := json.Unmarshal(body, &request); err != nil {
		answer(w, http.StatusBadRequest, message{Message: "Problems parsing JSON"})
		return
	}
	document, errs := gqlparser.LoadQueryWithRules(s.schema, request.Query, validatorrules.NewDefaultRules())
	if errs != nil {
		s.violation("GraphQL: %s", errs)
		answer(w, http.StatusOK, map[string]any{"errors": []graphQLError{{Type: "undefinedField", Message: errs.Error()}}})
		return
	}
	operation := document.Operations[0]
	variables, err := validator.VariableValues(s.schema, operation, request.Variables)
	if err != nil {
		s.violation("GraphQL: %s", err)
		answer(w, http.StatusOK, map[string]any{"errors": []graphQLError{{Message: err.Error()}}})
		return
	}
	root := s.queryRoot()
	if operation.Operation == ast.Mutation {
		root = s.mutationRoot()
	}
	run := &execution{server: s, variables: variables}
	result := map[string]any{"data": run.selection(operation.SelectionSet, root, nil)}
	if len(run.errors) > 0 {
		result["errors"] = run.errors
	}
	answer(w, http.StatusOK, result)
}

// An execution is one query on its way.
type execution struct {
	server    *Server
	variables map[string]any
	errors    []graphQLError
}

func (e *execution) selection(set ast.SelectionSet, on *node, path []any) map[string]any {
	result := map[string]any{}
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			at := append(slices.Clone(path), selection.Alias)
			result[selection.Alias] = e.field(selection, on, at)
		case *ast.InlineFragment:
			if selection.TypeCondition == "" || selection.TypeCondition == on.kind {
				maps.Copy(result, e.selection(selection.SelectionSet, on, path))
			}
		case *ast.FragmentSpread:
			if selection.Definition.TypeCondition == on.kind {
				maps.Copy(result, e.selection(selection.Definition.SelectionSet, on, path))
			}
		}
	}
	return result
}

func (e *execution) field(selection *ast.Field, on *node, path []any) any {
	if selection.Name == "__typename" {
		return on.kind
	}
	resolve, ok := on.fields[selection.Name]
	if !ok {
		e.server.violation("GraphQL: %s.%s is not told here", on.kind, selection.Name)
		e.errors = append(e.errors, graphQLError{Message: selection.Name + " is not told here", Path: path})
		return nil
	}
	found, failure := resolve(selection.ArgumentMap(e.variables))
	if failure != nil {
		failure.Path = path
		e.errors = append(e.errors, *failure)
		return nil
	}
	switch found := found.(type) {
	case *node:
		if found == nil {
			return nil
		}
		return e.selection(selection.SelectionSet, found, path)
	case []*node:
		list := []any{}
		for i, item := range found {
			list = append(list, e.selection(selection.SelectionSet, item, append(slices.Clone(path), i)))
		}
		return list
	default:
		return found
	}
}

func (s *Server) queryRoot() *node {
	return &node{"Query", map[string]field{
		"repository": func(arguments map[string]any) (any, *graphQLError) {
			name := fmt.Sprintf("%s/%s", arguments["owner"], arguments["name"])
			repository := s.repositories[name]
			if repository == nil {
				return nil, &graphQLError{Type: "NOT_FOUND", Message: fmt.Sprintf("Could not resolve to a Repository with the name '%s'.", name)}
			}
			return s.repositoryNode(repository), nil
		},
	}}
}

func inaccessible() *graphQLError {
	return &graphQLError{Type: "FORBIDDEN", Message: "Resource not accessible by integration"}
}

func (s *Server) repositoryNode(repository *Repository) *node {
	return &node{"Repository", map[string]field{
		"object": func(arguments map[string]any) (any, *graphQLError) {
			if s.permissions.Contents < Read {
				return nil, inaccessible()
			}
			return repository.objectNode(arguments), nil
		},
		"pullRequest": func(arguments map[string]any) (any, *graphQLError) {
			if s.permissions.PullRequests < Read {
				return nil, inaccessible()
			}
			number, err := strconv.Atoi(fmt.Sprint(arguments["number"]))
			pull := repository.pulls[number]
			if err != nil || pull == nil {
				return nil, &graphQLError{Type: "NOT_FOUND", Message: fmt.Sprintf("Could not resolve to a PullRequest with the number of %v.", arguments["number"])}
			}
			return pull.node(), nil
		},
	}}
}

// objectNode finds a commit by its id, or what an expression such as "commit:path" names.
func (r *Repository) objectNode(arguments map[string]any) *node {
	if oid, ok := arguments["oid"].(string); ok {
		commit, err := r.git.commit(oid)
		if err != nil {
			return nil
		}
		return r.commitNode(commit)
	}
	expression, _ := arguments["expression"].(string)
	name, path, isPath := strings.Cut(expression, ":")
	commit, err := r.git.commit(name)
	if err != nil {
		return nil
	}
	if !isPath {
		return r.commitNode(commit)
	}
	tree, err := r.git.tree(commit)
	if err != nil {
		panic(err)
	}
	if found, ok := tree[path]; ok {
		return r.blobNode(found)
	}
	return nil
}

func (r *Repository) commitNode(commit string) *node {
	return &node{"Commit", map[string]field{
		"oid": value(commit),
		"file": func(arguments map[string]any) (any, *graphQLError) {
			tree, err := r.git.tree(commit)
			if err != nil {
				panic(err)
			}
			found, ok := tree[fmt.Sprint(arguments["path"])]
			if !ok {
				return nil, nil
			}
			return r.entryNode(found), nil
		},
	}}
}

func (r *Repository) entryNode(found entry) *node {
	return &node{"TreeEntry", map[string]field{
		"mode": value(found.mode), "type": value(found.kind), "oid": value(found.oid),
		"object": func(map[string]any) (any, *graphQLError) { return r.blobNode(found), nil },
	}}
}

// maxText is where a blob's text is cut (sveltia-cms#950).
const maxText = 512_000

func (r *Repository) blobNode(found entry) *node {
	if found.kind != "blob" {
		return nil
	}
	data, err := r.git.blob(found.oid)
	if err != nil {
		panic(err)
	}
	binary := strings.IndexByte(string(data[:min(len(data), 8000)]), 0) >= 0
	truncated := len(data) > maxText
	var text any
	if !binary {
		// The server decodes: a mark at the start is gone, and what is no UTF-8 is lost.
		decoded := strings.TrimPrefix(string(data[:min(len(data), maxText)]), "\ufeff")
		text = strings.ToValidUTF8(decoded, string(utf8.RuneError))
	}
	return &node{"Blob", map[string]field{
		"oid": value(found.oid), "byteSize": value(len(data)), "isBinary": value(binary), "isTruncated": value(truncated), "text": value(text),
	}}
}

func (p *Pull) node() *node {
	return &node{"PullRequest", map[string]field{
		"number":     value(p.Number),
		"headRefOid": value(p.Head),
		"baseRefOid": value(p.Base),
		"reviewThreads": func(arguments map[string]any) (any, *graphQLError) {
			var threads []*node
			for _, thread := range p.threads {
				if !thread.Deleted {
					threads = append(threads, thread.node())
				}
			}
			first, err := strconv.Atoi(fmt.Sprint(arguments["first"]))
			if err != nil || first < 1 || first > 100 {
				return nil, &graphQLError{Type: "EXCESSIVE_PAGINATION", Message: "first must be between 1 and 100"}
			}
			start := 0
			if after, ok := arguments["after"].(string); ok {
				if start, err = strconv.Atoi(after); err != nil {
					return nil, &graphQLError{Message: "`" + after + "` does not appear to be a valid cursor."}
				}
			}
			end := min(start+first, len(threads))
			return &node{"PullRequestReviewThreadConnection", map[string]field{
				"nodes":      value(threads[min(start, end):end]),
				"totalCount": value(len(threads)),
				"pageInfo": value(&node{"PageInfo", map[string]field{
					"hasNextPage": value(end < len(threads)), "endCursor": value(strconv.Itoa(end)),
				}}),
			}}, nil
		},
	}}
}

func (t *Thread) node() *node {
	var resolver, author *node
	if t.Author != Ghost {
		author = &node{"Bot", map[string]field{"login": value(t.Author)}}
	}
	if t.ResolvedBy != "" && t.ResolvedBy != Ghost {
		login := t.ResolvedBy
		if login == Viewer {
			login += "[bot]"
		}
		resolver = &node{"User", map[string]field{"login": value(login)}}
	}
	comment := &node{"PullRequestReviewComment", map[string]field{
		"id": value("PRRC_" + strconv.FormatInt(t.CommentID, 10)), "fullDatabaseId": value(strconv.FormatInt(t.CommentID, 10)),
		"databaseId": value(nil), // It does not fit an Int.
		"body":       value(t.Body), "path": value(t.Path), "viewerDidAuthor": value(t.Author == Viewer),
		"author": value(author),
	}}
	return &node{"PullRequestReviewThread", map[string]field{
		"id": value(t.ID), "isResolved": value(t.ResolvedBy != ""), "resolvedBy": value(resolver), "path": value(t.Path), "line": value(t.Line),
		"comments": value(&node{"PullRequestReviewCommentConnection", map[string]field{"nodes": value([]*node{comment})}}),
	}}
}

func (s *Server) mutationRoot() *node {
	return &node{"Mutation", map[string]field{
		"resolveReviewThread":   s.switchThread("ResolveReviewThreadPayload", Viewer),
		"unresolveReviewThread": s.switchThread("UnresolveReviewThreadPayload", ""),
	}}
}

// switchThread resolves or reopens, with contents: write only (github/gh-aw#35726).
func (s *Server) switchThread(payload, resolvedBy string) field {
	return func(arguments map[string]any) (any, *graphQLError) {
		if s.permissions.Contents < Write {
			return nil, inaccessible()
		}
		input, _ := arguments["input"].(map[string]any)
		for _, repository := range s.repositories {
			for _, pull := range repository.pulls {
				for _, thread := range pull.threads {
					if thread.ID != input["threadId"] {
						continue
					}
					if thread.Author != Viewer {
						s.violation("thread: a switch of what %s wrote", thread.Author)
					}
					thread.ResolvedBy = resolvedBy
					return &node{payload, map[string]field{"thread": value(thread.node())}}, nil
				}
			}
		}
		return nil, &graphQLError{Type: "NOT_FOUND", Message: fmt.Sprintf("Could not resolve to a node with the global id of '%v'", input["threadId"])}
	}
}
