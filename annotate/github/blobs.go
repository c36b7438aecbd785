package github

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	gh "github.com/google/go-github/v60/github"
	"golang.org/x/sync/errgroup"
)

const (
	// maxFileSize bounds a file's bytes; larger ones are not read.
	maxFileSize = 10 << 20
	// batchSize is how many files one query asks for: small enough that GitHub's ten seconds suffice.
	batchSize = 100
	// readsAtOnce is how many batches, or blobs one by one, are fetched at the same time.
	readsAtOnce = 4
)

// A place is a path at a commit; the zero place is nowhere.
type place struct{ commit, path string }

// content is what stands at a place.
type content struct {
	data []byte
	// missing is true where the commit has no such file.
	missing bool
	// unread says why the content is not had.
	unread string
	// raw is the blob's id where its bytes have still to be fetched, size how many they are.
	raw  string
	size int
}

// Git's file modes that are no source text: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
const (
	modeSymlink   = 0o120000
	modeSubmodule = 0o160000
)

// contents reads all places with as few requests as possible: many files a GraphQL query, and by itself only what
// GraphQL cannot give unharmed. Where GraphQL does not answer at all, REST gives one file at a time.
func (c *Client) contents(ctx context.Context, places []place) (map[place]content, error) {
	places = slices.DeleteFunc(places, func(p place) bool { return p == place{} })
	batches := slices.Collect(slices.Chunk(places, batchSize))
	results := make([]map[place]content, len(batches))
	group, reading := errgroup.WithContext(ctx)
	group.SetLimit(readsAtOnce)
	for i, batch := range batches {
		results[i] = make(map[place]content, len(batch))
		group.Go(func() error { return c.readBatch(reading, batch, results[i]) })
	}
	if err := group.Wait(); err != nil {
		return nil, err //nolint:wrapcheck // readBatch has worded its own.
	}
	result := make(map[place]content, len(places))
	for _, batch := range results {
		maps.Copy(result, batch)
	}
	return result, c.readRaw(ctx, result)
}

// readBatch asks for a batch in one query. Where GitHub breaks off, the query's size may be the reason: it is asked again
// in halves, until they are small.
func (c *Client) readBatch(ctx context.Context, batch []place, result map[place]content) error {
	const small = 10
	query, variables := blobsQuery(c.owner, c.name, batch)
	var data blobsData
	began := time.Now()
	err := c.try(ctx, "read files", func(ctx context.Context) error {
		err := c.graphQL(ctx, query, variables, &data)
		if answer := new(answerError); errors.As(err, &answer) && answer.unclear && !answer.limited && len(batch) > small {
			return &answerError{text: answer.text, cause: errTooMuch}
		}
		return err
	}, nil)
	switch {
	case errors.Is(err, errTooMuch):
		if !c.patience.spend(began, 0, 0) {
			return err
		}
		if err := c.readBatch(ctx, batch[:len(batch)/2], result); err != nil {
			return err
		}
		return c.readBatch(ctx, batch[len(batch)/2:], result)
	case err != nil:
		if answer := new(answerError); !errors.As(err, &answer) || answer.passing || answer.status == http.StatusUnauthorized {
			return err
		}
		return c.readOneByOne(ctx, batch, result)
	case !data.collect(batch, result):
		return c.readOneByOne(ctx, batch, result)
	}
	return nil
}

var errTooMuch = errors.New("too much for one query")

// blobsQuery asks for a batch in terms of commits and paths; no text of the repository becomes part of the query.
// Commit.file tells the mode as well, so that a symbolic link is not taken for its target's source.
func blobsQuery(owner, name string, batch []place) (query string, variables map[string]any) {
	variables = map[string]any{"owner": owner, "name": name}
	var declared, asked strings.Builder
	commits := map[string]int{}
	for i, p := range batch {
		if _, ok := commits[p.commit]; ok {
			continue
		}
		n := len(commits)
		commits[p.commit] = n
		variables[fmt.Sprintf("c%d", n)] = p.commit
		fmt.Fprintf(&declared, ", $c%d: GitObjectID!", n)
		fmt.Fprintf(&asked, " c%d: object(oid: $c%d) { ... on Commit {", n, n)
		for j, other := range batch[i:] {
			if other.commit != p.commit {
				continue
			}
			variables[fmt.Sprintf("p%d", i+j)] = other.path
			fmt.Fprintf(&declared, ", $p%d: String!", i+j)
			fmt.Fprintf(&asked, " f%d: file(path: $p%d) { ...entry }", i+j, i+j)
		}
		asked.WriteString(" } }")
	}
	query = "query($owner: String!, $name: String!" + declared.String() + ") {" +
		" repository(owner: $owner, name: $name) {" + asked.String() + " } }" +
		" fragment entry on TreeEntry { mode type object { ... on Blob { oid byteSize isBinary isTruncated text } } }"
	return query, variables
}

// blobsData is a query's answer: commits by alias, in each its files by alias.
type blobsData struct {
	Repository map[string]map[string]*treeEntry `json:"repository"`
}

type treeEntry struct {
	Mode   int    `json:"mode"`
	Type   string `json:"type"`
	Object *struct {
		OID         string  `json:"oid"`
		ByteSize    int     `json:"byteSize"`
		IsBinary    *bool   `json:"isBinary"`
		IsTruncated bool    `json:"isTruncated"`
		Text        *string `json:"text"`
	} `json:"object"`
}

// collect puts the answer's files into result. It reports false where GraphQL does not know one of the commits.
func (d *blobsData) collect(batch []place, result map[place]content) bool {
	commits := map[string]map[string]*treeEntry{}
	for i, p := range batch {
		files, ok := commits[p.commit]
		if !ok {
			files = d.Repository[fmt.Sprintf("c%d", len(commits))]
			if files == nil {
				return false
			}
			commits[p.commit] = files
		}
		result[p] = files[fmt.Sprintf("f%d", i)].content()
	}
	return true
}

func (e *treeEntry) content() content {
	switch {
	case e == nil || e.Type == "tree":
		return content{missing: true}
	case e.Mode == modeSymlink:
		return content{unread: "a symbolic link"}
	case e.Mode == modeSubmodule || e.Type == "commit":
		return content{unread: "a submodule"}
	case e.Object == nil:
		return content{missing: true}
	case e.Object.ByteSize > maxFileSize:
		return content{unread: tooLarge}
	case e.Object.OID == "":
		return content{unread: "GitHub tells nothing of it"}
	}
	// The server has decoded the text already: where it had to guess, or to cut, only the raw bytes will do.
	text := e.Object.Text
	if text == nil || e.Object.IsTruncated || len(*text) != e.Object.ByteSize || strings.ContainsRune(*text, utf8.RuneError) {
		return content{raw: e.Object.OID, size: e.Object.ByteSize}
	}
	return content{data: []byte(*text)}
}

const tooLarge = "larger than 10 MB"

// readRaw fetches the blobs that are still to be fetched, each once.
func (c *Client) readRaw(ctx context.Context, result map[place]content) error {
	wanted := map[string][]place{}
	for p, found := range result {
		if found.raw != "" {
			wanted[found.raw] = append(wanted[found.raw], p)
		}
	}
	ids := slices.Sorted(maps.Keys(wanted))
	blobs := make([]content, len(ids))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(readsAtOnce)
	for i, id := range ids {
		group.Go(func() error {
			data, err := c.blob(ctx, id, result[wanted[id][0]].size)
			switch {
			case errors.Is(err, errTooLong):
				blobs[i].unread = tooLarge
			case err != nil:
				return fmt.Errorf("read %s: %w", wanted[id][0].path, err)
			default:
				blobs[i].data = data
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err //nolint:wrapcheck // Each function has worded its own.
	}
	for i, id := range ids {
		for _, p := range wanted[id] {
			result[p] = blobs[i]
		}
	}
	return nil
}

// blob reads the raw bytes of a blob, and believes in no other number of them; go-github's own call for it has no limit.
func (c *Client) blob(ctx context.Context, oid string, size int) ([]byte, error) {
	var text body
	err := c.try(ctx, "blob "+oid, func(ctx context.Context) error {
		request, err := c.rest.NewRequest(http.MethodGet, fmt.Sprintf("repos/%s/%s/git/blobs/%s", c.owner, c.name, oid), nil)
		if err != nil {
			return fmt.Errorf("ask for a blob: %w", err)
		}
		request.Header.Set("Accept", "application/vnd.github.raw+json")
		text = body{limit: maxFileSize}
		_, err = c.rest.Do(ctx, request, &text)
		if err == nil && text.Len() != size {
			return &answerError{text: fmt.Sprintf("the answer has %d bytes, the file has %d", text.Len(), size), passing: true}
		}
		return err //nolint:wrapcheck // try words it.
	}, nil)
	if err != nil {
		return nil, err
	}
	return append([]byte{}, text.Bytes()...), nil
}

// readOneByOne reads a batch through REST.
func (c *Client) readOneByOne(ctx context.Context, batch []place, result map[place]content) error {
	for _, p := range batch {
		// go-github's own call refuses names such as "a..b.py".
		path := (&url.URL{Path: fmt.Sprintf("repos/%s/%s/contents/%s", c.owner, c.name, p.path)}).EscapedPath()
		var file json.RawMessage
		err := c.try(ctx, "read "+p.path, func(ctx context.Context) error {
			request, err := c.rest.NewRequest(http.MethodGet, path+"?ref="+url.QueryEscape(p.commit), nil)
			if err != nil {
				return fmt.Errorf("ask for a file: %w", err)
			}
			_, err = c.rest.Do(ctx, request, &file)
			return err //nolint:wrapcheck // try words it.
		}, nil)
		answer := new(answerError)
		switch {
		case errors.As(err, &answer) && answer.status == http.StatusNotFound:
			result[p] = content{missing: true}
		case err != nil:
			return err
		default:
			if result[p], err = contentOf(file); err != nil {
				return fmt.Errorf("read %s: %w", p.path, err)
			}
		}
	}
	return nil
}

// errNoFile is an answer that tells nothing of a file, nor that there is none.
var errNoFile = &answerError{text: "the answer is no file"}

// contentOf reads what REST says of a path; of a folder it is a list.
func contentOf(text json.RawMessage) (content, error) {
	if bytes.HasPrefix(text, []byte("[")) {
		return content{missing: true}, nil
	}
	var file gh.RepositoryContent
	if err := json.Unmarshal(text, &file); err != nil {
		return content{}, errNoFile
	}
	switch {
	case file.GetType() == "symlink":
		return content{unread: "a symbolic link"}, nil
	case file.GetType() == "submodule":
		return content{unread: "a submodule"}, nil
	case file.GetSize() > maxFileSize:
		return content{unread: tooLarge}, nil
	case file.GetSHA() == "":
		return content{}, errNoFile
	default:
		return content{raw: file.GetSHA(), size: file.GetSize()}, nil
	}
}

// ReadFiles reads files as they are at a commit, in one request as a rule. Those that are not there, or are no regular
// files, are left out.
func (c *Client) ReadFiles(ctx context.Context, commit string, paths []string) (map[string][]byte, error) {
	places := make([]place, len(paths))
	for i, path := range paths {
		places[i] = place{commit, path}
	}
	found, err := c.contents(ctx, places)
	if err != nil {
		return nil, unreadable(c.commit(commit), err)
	}
	files := map[string][]byte{}
	for p, content := range found {
		if !content.missing && content.unread == "" {
			files[p.path] = content.data
		}
	}
	return files, nil
}
