//go:build ignore

// Command prune cuts GitHub's own API description and GraphQL schema down to what the tests' GitHub answers:
//
//	npm install --ignore-scripts @octokit/openapi@23.0.2 @octokit/graphql-schema@15.26.1
//	go run prune.go node_modules/@octokit/openapi/generated/api.github.com.json \
//		node_modules/@octokit/graphql-schema/schema.graphql
//
// It writes api.json and schema.graphql beside itself.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"
)

// operations are what the tests' GitHub knows. Parameters that may span several segments are named here, because the
// description cannot say it.
var operations = map[string][]string{
	"/user":                            {"get"},
	"/repos/{owner}/{repo}/check-runs": {"post"},
	"/repos/{owner}/{repo}/check-runs/{check_run_id}":    {"get", "patch"},
	"/repos/{owner}/{repo}/commits/{ref}/check-runs":     {"get"},
	"/repos/{owner}/{repo}/compare/{basehead}":           {"get"},
	"/repos/{owner}/{repo}/contents/{path}":              {"get"},
	"/repos/{owner}/{repo}/git/blobs/{file_sha}":         {"get"},
	"/repos/{owner}/{repo}/git/trees/{tree_sha}":         {"get"},
	"/repos/{owner}/{repo}/pulls/comments/{comment_id}":  {"get", "patch"},
	"/repos/{owner}/{repo}/pulls/{pull_number}":          {"get"},
	"/repos/{owner}/{repo}/pulls/{pull_number}/comments": {"get"},
	"/repos/{owner}/{repo}/pulls/{pull_number}/files":    {"get"},
	"/repos/{owner}/{repo}/pulls/{pull_number}/reviews":  {"get", "post"},
	"/repos/{owner}/{repo}/tarball/{ref}":                {"get"},
}

// spanning are the parameters that may hold slashes.
var spanning = []string{"path", "basehead", "ref"}

// prose are the keys of texts for people; a property of such a name is no text but a schema.
var prose = []string{"description", "summary", "title", "example"}

// types are the GraphQL types that are kept whole but for their arguments' descriptions; a field is kept if its own
// type is kept too.
var types = []string{
	"Query", "Mutation", "Node", "Repository", "GitObject", "Commit", "Tree", "Blob", "TreeEntry", "Submodule",
	"PullRequest", "PullRequestState", "PullRequestReviewThreadConnection", "PullRequestReviewThread",
	"PullRequestReviewCommentConnection", "PullRequestReviewComment", "PageInfo", "User", "Actor", "Ref",
	"ResolveReviewThreadInput", "ResolveReviewThreadPayload",
	"UnresolveReviewThreadInput", "UnresolveReviewThreadPayload",
	"DiffSide", "ID", "String", "Int", "Boolean", "Float", "GitObjectID", "BigInt", "Base64String", "DateTime", "URI",
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: go run prune.go api.github.com.json schema.graphql")
	}
	if err := pruneAPI(os.Args[1], "api.json"); err != nil {
		log.Fatal(err)
	}
	if err := pruneSchema(os.Args[2], "schema.graphql"); err != nil {
		log.Fatal(err)
	}
}

type object = map[string]any

func pruneAPI(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	var whole object
	if err := json.Unmarshal(data, &whole); err != nil {
		return fmt.Errorf("parse %s: %w", from, err)
	}
	p := apiPruner{whole: whole, kept: object{}}
	paths := object{}
	for path, methods := range operations {
		item, ok := whole["paths"].(object)[path].(object)
		if !ok {
			return fmt.Errorf("%s describes no %s", from, path)
		}
		kept := object{}
		for _, method := range methods {
			operation := p.clean(item[method]).(object)
			// Answers are not validated: the tests' GitHub says less in them than the real one.
			operation["responses"] = object{"default": object{"description": ""}}
			kept[method] = operation
		}
		for _, name := range spanning {
			path = strings.ReplaceAll(path, "{"+name+"}", "{"+name+":.+}")
		}
		paths[path] = kept
	}
	info := whole["info"].(object)
	result := object{
		"openapi":    whole["openapi"],
		"info":       object{"title": info["title"], "version": info["version"], "license": info["license"]},
		"servers":    []any{object{"url": "/"}, object{"url": "/api/v3"}},
		"paths":      paths,
		"components": p.components(),
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetIndent("", " ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(result); err != nil {
		return err
	}
	return os.WriteFile(to, out.Bytes(), 0o644)
}

type apiPruner struct {
	whole object
	kept  object // by reference
}

// clean drops what validation does not need and follows references.
func (p *apiPruner) clean(value any) any {
	switch value := value.(type) {
	case object:
		result := object{}
		for key, v := range value {
			switch {
			case slices.Contains(prose, key) && isText(v), strings.HasPrefix(key, "x-"):
			case (key == "example" || key == "examples" || key == "externalDocs" || key == "tags" || key == "responses") && !isSchema(v):
			case key == "$ref" && isText(v):
				result[key] = v
				p.follow(v.(string))
			default:
				result[key] = p.clean(v)
			}
		}
		return result
	case []any:
		result := make([]any, len(value))
		for i, v := range value {
			result[i] = p.clean(v)
		}
		return result
	default:
		return value
	}
}

func isText(v any) bool { _, ok := v.(string); return ok }

// isSchema tells a property that happens to be named "examples" from examples.
func isSchema(v any) bool {
	m, ok := v.(object)
	return ok && (m["type"] != nil || m["$ref"] != nil)
}

func (p *apiPruner) follow(ref string) {
	if _, done := p.kept[ref]; done {
		return
	}
	p.kept[ref] = nil
	var value any = p.whole
	for part := range strings.SplitSeq(strings.TrimPrefix(ref, "#/"), "/") {
		value = value.(object)[part]
	}
	p.kept[ref] = p.clean(value)
}

func (p *apiPruner) components() object {
	result := object{}
	for ref, value := range p.kept {
		parts := strings.Split(strings.TrimPrefix(ref, "#/components/"), "/")
		kind, ok := result[parts[0]].(object)
		if !ok {
			kind = object{}
			result[parts[0]] = kind
		}
		kind[parts[1]] = value
	}
	return result
}

func pruneSchema(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	document, err := parser.ParseSchema(&ast.Source{Name: from, Input: string(data)})
	if err != nil {
		return fmt.Errorf("parse %s: %w", from, err)
	}
	document.Definitions = slices.DeleteFunc(document.Definitions, func(d *ast.Definition) bool {
		return !slices.Contains(types, d.Name)
	})
	document.Directives = nil
	for _, definition := range document.Definitions {
		definition.Description = ""
		definition.Directives = nil
		definition.Interfaces = slices.DeleteFunc(definition.Interfaces, func(name string) bool {
			return !slices.Contains(types, name)
		})
		seen := map[string]bool{}
		definition.Fields = slices.DeleteFunc(definition.Fields, func(field *ast.FieldDefinition) bool {
			twice := seen[field.Name]
			seen[field.Name] = true
			return twice || !slices.Contains(types, field.Type.Name())
		})
		for _, field := range definition.Fields {
			field.Description = ""
			field.Directives = nil
			field.Arguments = slices.DeleteFunc(field.Arguments, func(argument *ast.ArgumentDefinition) bool {
				return !slices.Contains(types, argument.Type.Name()) && !argument.Type.NonNull
			})
			for _, argument := range field.Arguments {
				argument.Description = ""
				argument.Directives = nil
			}
		}
		definition.Fields = slices.DeleteFunc(definition.Fields, func(field *ast.FieldDefinition) bool {
			return slices.ContainsFunc(field.Arguments, func(argument *ast.ArgumentDefinition) bool {
				return !slices.Contains(types, argument.Type.Name())
			})
		})
		for _, value := range definition.EnumValues {
			value.Description = ""
			value.Directives = nil
		}
	}
	var out bytes.Buffer
	formatter.NewFormatter(&out).FormatSchemaDocument(document)
	return os.WriteFile(to, out.Bytes(), 0o644)
}
