package git

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os/exec"
	"slices"
	"strconv"
	"strings"

	"github.com/djleak/djleak/analyzer/selection"
)

// An object is git's answer to the question what a name stands for.
type object struct {
	id string
	// kind is commit, tree, blob or tag, and missing or ambiguous where the name stands for nothing.
	kind string
	size int64
}

func (o object) of(kind string) (id string, ok bool) { return o.id, o.kind == kind }

// lookUp asks what names stand for, in one process.
func (r Repository) lookUp(ctx context.Context, names []string) ([]object, error) {
	out, err := r.run(ctx, lines(names), catFile, "--batch-check", "--buffer")
	if err != nil {
		return nil, err
	}
	objects := make([]object, 0, len(names))
	for line := range strings.Lines(string(out)) {
		objects = append(objects, parseObject(strings.TrimSuffix(line, "\n")))
	}
	if len(objects) != len(names) {
		return nil, fmt.Errorf("git cat-file in %s: %d answers to %d questions", r.name(), len(objects), len(names))
	}
	return objects, nil
}

// lines writes one name a line.
func lines(names []string) io.Reader {
	var text strings.Builder
	for _, name := range names {
		text.WriteString(name + "\n")
	}
	return strings.NewReader(text.String())
}

// parseObject reads "<id> <kind> <size>", or "<name> missing", where the name may have spaces.
func parseObject(line string) object {
	fields := strings.Split(line, " ")
	if last := fields[len(fields)-1]; last == "missing" || last == "ambiguous" {
		return object{kind: last}
	}
	if len(fields) != 3 {
		return object{kind: "missing"}
	}
	size, err := strconv.ParseInt(fields[2], 10, 64)
	if err != nil {
		return object{kind: "missing"}
	}
	return object{id: fields[0], kind: fields[1], size: size}
}

// A blob is the content of a file, or the reason why it was not read.
type blob struct {
	data   []byte
	unread string
}

// blobs reads blobs in the order of their ids: one process tells their sizes, a second one streams those that are there
// and not too large.
func (r Repository) blobs(ctx context.Context, ids []string, limit int64) iter.Seq2[blob, error] {
	return func(yield func(blob, error) bool) {
		if len(ids) == 0 {
			return
		}
		objects, err := r.sizes(ctx, ids)
		if err != nil {
			yield(blob{}, err)
			return
		}
		var wanted []string
		for _, o := range objects {
			if o.kind == "blob" && o.size <= limit {
				wanted = append(wanted, o.id)
			}
		}
		s, err := r.stream(ctx, wanted)
		if err != nil {
			yield(blob{}, err)
			return
		}
		defer s.stop()
		for _, o := range objects {
			b := blob{unread: unreadLarge(limit)}
			switch {
			case o.kind != "blob":
				b.unread = unreadAway
			case o.size <= limit:
				data, err := s.next(o)
				if err != nil {
					yield(blob{}, r.failure(ctx, catFile, err, s.stderr.Bytes()))
					return
				}
				b = blob{data: data}
			}
			if !yield(b, nil) {
				return
			}
		}
	}
}

// sizes looks blobs up. One that a partial clone left at its remote is no blob; elsewhere a missing one is an error.
func (r Repository) sizes(ctx context.Context, ids []string) ([]object, error) {
	objects, err := r.lookUp(ctx, ids)
	if errors.Is(err, errPartial) {
		// Git before 2.44 gives up at the first that is missing.
		return r.sizesOfPresent(ctx, ids)
	}
	if err != nil {
		return nil, err
	}
	missing := slices.IndexFunc(objects, func(o object) bool { return o.kind != "blob" })
	if missing < 0 {
		return objects, nil
	}
	partial, err := r.isPartial(ctx)
	if err == nil && !partial {
		err = fmt.Errorf("blob %s is missing or damaged in %s: %s", ids[missing], r.name(), fetchFiles)
	}
	return objects, err
}

// sizesOfPresent asks only for what is there.
func (r Repository) sizesOfPresent(ctx context.Context, ids []string) ([]object, error) {
	out, err := r.run(ctx, nil, catFile, "--batch-all-objects", "--unordered", "--batch-check")
	if err != nil {
		return nil, err
	}
	present := make(map[string]object)
	for line := range strings.Lines(string(out)) {
		o := parseObject(strings.TrimSuffix(line, "\n"))
		present[o.id] = o
	}
	objects := make([]object, len(ids))
	for i, id := range ids {
		objects[i] = present[id]
	}
	return objects, nil
}

// isPartial reports whether the repository may lack objects that a remote has.
func (r Repository) isPartial(ctx context.Context) (bool, error) {
	_, err := r.run(ctx, nil, "config", "--get-regexp", `^(extensions\.partialclone|remote\..*\.promisor)$`)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == 1 {
		return false, nil
	}
	return err == nil, err
}

const catFile = "cat-file"

// A stream is a running "git cat-file --batch".
type stream struct {
	cmd    *exec.Cmd
	cancel context.CancelFunc
	out    *bufio.Reader
	stderr bytes.Buffer
}

func (r Repository) stream(ctx context.Context, ids []string) (*stream, error) {
	running, cancel := context.WithCancel(ctx)
	s := &stream{cmd: r.command(running, catFile, "--batch", "--buffer"), cancel: cancel}
	s.cmd.Stdin, s.cmd.Stderr = lines(ids), &s.stderr
	stdout, err := s.cmd.StdoutPipe()
	if err == nil {
		err = s.cmd.Start()
	}
	if err != nil {
		cancel()
		return nil, r.failure(ctx, catFile, err, nil)
	}
	s.out = bufio.NewReaderSize(stdout, 1<<16)
	return s, nil
}

// stop ends the process, whatever it still has to say.
func (s *stream) stop() {
	s.cancel()
	_ = s.cmd.Wait()
}

// next reads the next object, which has to be the one that is expected.
func (s *stream) next(want object) ([]byte, error) {
	header, err := s.out.ReadString('\n')
	if err != nil {
		return nil, s.died(err)
	}
	if got := parseObject(strings.TrimSuffix(header, "\n")); got != want {
		s.stop()
		return nil, fmt.Errorf("unexpected answer %q", header)
	}
	data := make([]byte, want.size+1)
	if _, err := io.ReadFull(s.out, data); err != nil {
		return nil, s.died(err)
	}
	return data[:want.size:want.size], nil
}

// died is what the process died of when its output ended too soon.
func (s *stream) died(err error) error {
	if status := s.cmd.Wait(); status != nil {
		return fmt.Errorf("ended too soon: %w", status)
	}
	return err
}

// notSource tells why content is no source text, as git decides it: binary has a NUL byte near its beginning.
func notSource(data []byte) string {
	const near = 8000
	switch {
	case bytes.IndexByte(data[:min(near, len(data))], 0) >= 0:
		return unreadBinary
	case selection.LFSPointer(data):
		return unreadLFS
	}
	return ""
}
