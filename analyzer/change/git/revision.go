package git

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// ErrUnknownRevision is the cause of errors about a name that the repository does not know.
var ErrUnknownRevision = errors.New("unknown revision")

// A revision is what a name stands for; commit is empty where it only names a tree.
type revision struct{ name, commit, tree string }

func (v revision) id() string {
	if v.commit != "" {
		return v.commit
	}
	return v.tree
}

// Resolve returns the id of the commit that a revision stands for, or of the tree, if it names no commit.
func (r Repository) Resolve(ctx context.Context, rev string) (string, error) {
	v, err := r.resolve(ctx, rev)
	if err != nil {
		return "", fmt.Errorf("resolve %q: %w", rev, err)
	}
	return v.id(), nil
}

// MergeBase returns the id of the best common ancestor of two revisions. In a shallow clone there may be none.
func (r Repository) MergeBase(ctx context.Context, a, b string) (string, error) {
	v, err := r.mergeBase(ctx, a, b)
	if err != nil {
		return "", fmt.Errorf("merge base of %q and %q: %w", a, b, err)
	}
	return v.id(), nil
}

// resolve asks through standard input, where nothing can be taken for an option.
func (r Repository) resolve(ctx context.Context, rev string) (revision, error) {
	if rev == "" || strings.ContainsAny(rev, "\n\x00") {
		return revision{}, r.unknown(rev, "")
	}
	questions := []string{rev + "^{commit}", rev + "^{tree}", rev, "origin/" + rev + "^{commit}", "HEAD^{commit}"}
	answers, err := r.lookUp(ctx, questions)
	if err != nil {
		return revision{}, err
	}
	v := revision{name: rev}
	v.commit, _ = answers[0].of("commit")
	var ok bool
	if v.tree, ok = answers[1].of("tree"); ok {
		return v, nil
	}
	// In "HEAD:app^{tree}" the ending would belong to the path.
	if v.tree, ok = answers[2].of("tree"); ok {
		return v, nil
	}
	// And in ":/words of its message" to the words.
	if commit, ok := answers[2].of("commit"); ok {
		v, err = r.resolve(ctx, commit)
		v.name = rev
		return v, err
	}
	switch {
	case answers[2].kind == "ambiguous":
		return revision{}, fmt.Errorf("%w in %s: several objects begin like this: give more of its id", ErrUnknownRevision, r.name())
	case answers[2].kind != "missing":
		return revision{}, fmt.Errorf("%w in %s: it is a %s, not a commit or a tree", ErrUnknownRevision, r.name(), answers[2].kind)
	}
	if _, ok := answers[3].of("commit"); ok {
		return revision{}, r.unknown(rev, "origin/"+rev)
	}
	if _, ok := answers[4].of("commit"); !ok {
		if err := r.unborn(ctx, rev); err != nil {
			return revision{}, err
		}
	}
	return revision{}, r.unknown(rev, "")
}

// unborn returns the error about a name in a repository whose HEAD stands for no commit, or nil where that is no reason.
func (r Repository) unborn(ctx context.Context, rev string) error {
	refs, err := r.run(ctx, nil, "for-each-ref", "--count=1")
	if err != nil {
		return err
	}
	if len(refs) == 0 {
		return fmt.Errorf("%w in %s: the repository has no commit yet: djleak check looks at files as they are", ErrUnknownRevision, r.name())
	}
	if strings.TrimRight(rev, "^~0123456789") == "HEAD" {
		return fmt.Errorf("%w in %s: HEAD is a branch without a commit: name another one", ErrUnknownRevision, r.name())
	}
	return nil
}

func (r Repository) unknown(rev, remote string) error {
	if remote != "" {
		return fmt.Errorf("%w in %s: there is %q", ErrUnknownRevision, r.name(), remote)
	}
	if strings.ContainsAny(rev, "\n\x00") || rev == "" {
		return fmt.Errorf("%w in %s", ErrUnknownRevision, r.name())
	}
	return fmt.Errorf("%w in %s: fetch it first (in a job, actions/checkout with fetch-depth: 0)", ErrUnknownRevision, r.name())
}

func (r Repository) mergeBase(ctx context.Context, a, b string) (revision, error) {
	var commits [2]string
	for i, rev := range []string{a, b} {
		v, err := r.resolve(ctx, rev)
		if err != nil {
			return revision{}, fmt.Errorf("%q: %w", rev, err)
		}
		if v.commit == "" {
			return revision{}, fmt.Errorf("%q is a tree in %s: only commits have a merge base", rev, r.name())
		}
		commits[i] = v.commit
	}
	out, err := r.run(ctx, nil, "merge-base", commits[0], commits[1])
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == 1 {
		return revision{}, r.noMergeBase(ctx)
	}
	if err != nil {
		return revision{}, err
	}
	return r.resolve(ctx, strings.TrimSpace(string(out)))
}

func (r Repository) noMergeBase(ctx context.Context) error {
	out, err := r.run(ctx, nil, "rev-parse", "--is-shallow-repository")
	if err != nil {
		return err
	}
	if strings.TrimSpace(string(out)) == "true" {
		return fmt.Errorf("no merge base in %s, which is a shallow clone: fetch its history first "+
			"(git fetch --unshallow, or actions/checkout with fetch-depth: 0)", r.name())
	}
	return fmt.Errorf("no merge base in %s: the two have no history in common: give BASE and HEAD apart", r.name())
}

// cutRange takes apart "BASE...HEAD" and "BASE..HEAD"; a side that is left out is HEAD, as in git. Dots in a path
// ("HEAD:a..b") or in braces ("main@{1..2}") separate nothing.
func cutRange(text string) (base, head string, symmetric, ok bool) {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '{':
			depth++
		case '}':
			depth--
		case ':':
			return "", "", false, false
		case '.':
			rest := text[i:]
			if depth > 0 || !strings.HasPrefix(rest, "..") {
				continue
			}
			base, head = text[:i], strings.TrimPrefix(rest, "..")
			head, symmetric = strings.CutPrefix(head, ".")
			return orHead(base), orHead(head), symmetric, true
		}
	}
	return "", "", false, false
}

func orHead(rev string) string {
	if rev == "" {
		return "HEAD"
	}
	return rev
}
