package github

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// packed is an archive as GitHub makes it.
func packed(t *testing.T, headers ...*tar.Header) []byte {
	t.Helper()
	var out bytes.Buffer
	zipped, err := gzip.NewWriterLevel(&out, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	archive := tar.NewWriter(zipped)
	for _, header := range headers {
		if err := archive.WriteHeader(header); err != nil {
			t.Fatal(err)
		}
		if _, err := io.CopyN(archive, endless{}, header.Size); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(archive.Close(), zipped.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// maxSpecial is how long an extended header may be that archive/tar reads.
const maxSpecial = 1 << 20

// withLongName makes the second of three entries the extended header of the third, which archive/tar would not write.
func withLongName(t *testing.T, headers ...*tar.Header) []byte {
	t.Helper()
	unzipped, err := gzip.NewReader(bytes.NewReader(packed(t, headers...)))
	if err != nil {
		t.Fatal(err)
	}
	archive, err := io.ReadAll(unzipped)
	if err != nil {
		t.Fatal(err)
	}
	const start, kind, checksum = 1024, 156, 148 // After a file of one block; the offsets of POSIX's ustar header.
	block := archive[start : start+512]
	block[kind] = tar.TypeXHeader
	sum := 8 * int(' ')
	for i, b := range block {
		if i < checksum || i >= checksum+8 {
			sum += int(b)
		}
	}
	copy(block[checksum:], fmt.Sprintf("%06o\x00 ", sum))
	var out bytes.Buffer
	zipped := gzip.NewWriter(&out)
	if _, err := zipped.Write(archive); err != nil {
		t.Fatal(err)
	}
	if err := zipped.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// endless is a file of one letter.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func regular(name string, size int64) *tar.Header {
	return &tar.Header{Typeflag: tar.TypeReg, Name: "acme-shop-1234567/" + name, Size: size, Mode: 0o644}
}

func python(path string) bool { return strings.HasSuffix(path, ".py") }

func TestUnpack(t *testing.T) {
	t.Parallel()
	archive := packed(t,
		&tar.Header{Typeflag: tar.TypeXGlobalHeader, PAXRecords: map[string]string{"comment": "1234567"}},
		&tar.Header{Typeflag: tar.TypeDir, Name: "acme-shop-1234567/shop/", Mode: 0o755},
		regular("shop/views.py", 3),
		regular("a.py", 1),
		regular("README.md", 5),
		&tar.Header{Typeflag: tar.TypeSymlink, Name: "acme-shop-1234567/link.py", Linkname: "/etc/passwd"},
		regular("huge.py", maxFileSize+1),
		&tar.Header{Typeflag: tar.TypeDir, Name: "acme-shop-1234567/submodule/", Mode: 0o755},
		&tar.Header{Typeflag: tar.TypeDir, Name: "acme-shop-1234567/tools/", Mode: 0o755},
		&tar.Header{Typeflag: tar.TypeDir, Name: "acme-shop-1234567/tools/last/", Mode: 0o755},
	)
	tree, err := unpack(bytes.NewReader(archive), python, defaultTreeLimits)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"README.md", "link.py", "submodule", "tools/last"}, tree.Left); diff != "" {
		t.Errorf("left (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"a.py", "huge.py", "shop/views.py"}, tree.Paths); diff != "" {
		t.Errorf("paths (-want +got):\n%s", diff)
	}
	if data, err := tree.Read("shop/views.py"); err != nil || string(data) != "xxx" {
		t.Errorf("shop/views.py: %q, %v", data, err)
	}
	if _, err := tree.Read("huge.py"); err == nil || err.Error() != "larger than 10 MB" {
		t.Errorf("huge.py: %v", err)
	}
	if len(tree.Partial) > 0 {
		t.Errorf("partial: %q", tree.Partial)
	}
}

// A small archive may unpack to anything.
func TestUnpackStopsAtItsLimits(t *testing.T) {
	t.Parallel()
	archive := packed(t, regular("a.py", 4000), regular("b.md", 100_000), regular("c.py", 4000), regular("d.py", 4000))
	tests := map[string]struct {
		limits treeLimits
		want   []string
	}{
		"entries":        {treeLimits{entries: 2, unpacked: 1 << 20, kept: 1 << 20}, []string{"a.py"}},
		"bytes unpacked": {treeLimits{entries: 10, unpacked: 50_000, kept: 1 << 20}, []string{"a.py"}},
		"within a file":  {treeLimits{entries: 10, unpacked: 2000, kept: 1 << 20}, nil},
		"bytes kept":     {treeLimits{entries: 10, unpacked: 1 << 20, kept: 6000}, []string{"a.py", "c.py"}},
		"none":           {treeLimits{entries: 10, unpacked: 1 << 20, kept: 1 << 20}, []string{"a.py", "c.py", "d.py"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tree, err := unpack(bytes.NewReader(archive), python, test.limits)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(test.want, tree.Paths) {
				t.Errorf("paths: got %q, want %q", tree.Paths, test.want)
			}
			want := fmt.Sprintf("the repository is too large to be read whole: only %d files were", len(test.want))
			if name != "none" && !slices.Equal(tree.Partial, []string{want}) {
				t.Errorf("partial: got %q, want %q", tree.Partial, want)
			}
		})
	}
}

// What no repository holds is left out, named, and never ends the work.
func TestUnpackOfAHostileArchive(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("d/", 250_000)
	longest := make([]*tar.Header, 0, 8)
	for i := range cap(longest) {
		longest = append(longest, regular(fmt.Sprintf("%s%d.py", long, i), 1))
	}
	tests := map[string]struct {
		archive []byte
		limits  treeLimits
		files   int
		partial []string
	}{
		"names that lead out": {
			packed(t, regular("../../a.py", 1), regular("/etc/b.py", 1), regular("c.py", 1)),
			defaultTreeLimits, 1,
			[]string{"the archive has files outside the repository, which were left out: 2"},
		},
		"links and devices": {
			packed(
				t, &tar.Header{Typeflag: tar.TypeLink, Name: "x/a.py", Linkname: "/etc/passwd"},
				&tar.Header{Typeflag: tar.TypeChar, Name: "x/b.py"}, &tar.Header{Typeflag: tar.TypeFifo, Name: "x/c.py"},
				&tar.Header{Typeflag: tar.TypeBlock, Name: "x/d.py"}, regular("e.py", 1),
			),
			defaultTreeLimits, 1, nil,
		},
		"a name of a megabyte": {
			withLongName(t, regular("a.py", 1), regular("b.py", maxSpecial+1), regular("c.py", 1)),
			defaultTreeLimits, 1,
			[]string{"a name in the repository is too long for the rest to be read: files before it: 1"},
		},
		"many long names": {
			packed(t, longest...),
			treeLimits{entries: 100, unpacked: 1 << 30, kept: 1 << 20},
			3,
			[]string{"the repository is too large to be read whole: only 3 files were"},
		},
		"trailing garbage": {append(packed(t, regular("a.py", 1)), strings.Repeat("garbage", 1000)...), defaultTreeLimits, 1, nil},
		"one entry that does not end": {
			packed(t, regular("a.py", 1), regular("b.py", 64<<20)),
			treeLimits{entries: 100, unpacked: 1 << 20, kept: 1 << 20},
			2,
			[]string{"the repository is too large to be read whole: only 2 files were"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tree, err := unpack(bytes.NewReader(test.archive), python, test.limits)
			if err != nil {
				t.Fatal(err)
			}
			if len(tree.Paths) != test.files {
				t.Errorf("%d files, want %d", len(tree.Paths), test.files)
			}
			if diff := cmp.Diff(test.partial, tree.Partial); diff != "" {
				t.Errorf("partial (-want +got):\n%s", diff)
			}
		})
	}
}

func TestUnpackOfATornArchiveMayBeRepeated(t *testing.T) {
	t.Parallel()
	archive := packed(t, regular("a.py", 40_000), regular("b.py", 40_000))
	for cut := range archive {
		tree, err := unpack(bytes.NewReader(archive[:cut]), python, defaultTreeLimits)
		if err == nil {
			// All that can be missing of a whole archive is the checksum.
			if len(tree.Paths) != 2 {
				t.Errorf("cut at %d: %q and no error", cut, tree.Paths)
			}
			continue
		}
		if answer := interpret(err); !answer.passing {
			t.Errorf("cut at %d: %s is for good", cut, err)
		}
	}
}

// A stuck answer ends by its silence, not by its length.
func TestArchiveThatFallsSilent(t *testing.T) {
	t.Parallel()
	client := stubbed(t, func(r *http.Request) (*http.Response, error) {
		reader, writer := io.Pipe()
		go func() {
			_, _ = writer.Write(packed(t, regular("a.py", 3))[:20])
			<-r.Context().Done()
			writer.CloseWithError(r.Context().Err())
		}()
		return &http.Response{StatusCode: http.StatusOK, Body: reader, Request: r, Header: http.Header{}}, nil
	}, Retry{First: 1, Longest: 1, Total: 1, Attempt: 40_000_000})
	_, err := client.ReadTree(context.Background(), strings.Repeat("1", 40), python)
	if want := "read acme/shop@1111111: archive: no answer in time"; err == nil || err.Error() != want {
		t.Errorf("error: got %v, want %s", err, want)
	}
}
