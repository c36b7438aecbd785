// Command licences checks that every module djleak is built or tested with is under a licence that djleak may ship,
// and writes what a release has to carry along: the licences' texts and a bill of materials.
//
//	licences [-notices FILE] [-spdx FILE -version VERSION -created TIME] ROOT
//
// It prints one line a module. The exit status is 1 where a licence is missing, unknown or not allowed.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// targets are the operating systems that a release is built for: they differ in the modules they link.
var targets = []string{"linux", "darwin", "windows"}

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("licences", flag.ContinueOnError)
	notices := flags.String("notices", "", "`file` to write the texts of the shipped modules' licences to")
	spdx := flags.String("spdx", "", "`file` to write the bill of materials to, in SPDX 2.3")
	version := flags.String("version", "dev", "`version` of djleak in the bill of materials")
	created := flags.String("created", "1970-01-01T00:00:00Z", "`time` of the bill of materials in RFC 3339, in UTC")
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("read arguments: %w", err)
	}
	root := cmp.Or(flags.Arg(0), ".")
	modules, err := list(ctx, root)
	if err != nil {
		return err
	}
	var problems []error
	for i := range modules {
		m := &modules[i]
		use := "tests"
		if m.Shipped {
			use = "shipped"
		}
		if err := m.read(); err != nil {
			problems = append(problems, err)
		}
		fmt.Fprintf(stdout, "%-8s%-24s%s %s\n", use, strings.Join(m.Licences, " AND "), m.Path, m.Version)
	}
	if len(problems) > 0 {
		return errors.Join(problems...)
	}
	shipped := slices.DeleteFunc(modules, func(m module) bool { return !m.Shipped })
	if *notices != "" {
		if err := os.WriteFile(*notices, noticesOf(shipped), 0o644); err != nil {
			return fmt.Errorf("write notices: %w", err)
		}
	}
	if *spdx != "" {
		bill, err := billOf(shipped, *version, *created)
		if err != nil {
			return err
		}
		if err := os.WriteFile(*spdx, bill, 0o644); err != nil {
			return fmt.Errorf("write bill of materials: %w", err)
		}
	}
	return nil
}

// A module is a dependency of djleak.
type module struct {
	Path, Version, Dir string
	// Shipped is true for what is linked into the binary, false for what only tests use.
	Shipped bool
	// Licences are SPDX identifiers, Text what the module's licence files say.
	Licences []string
	Text     []byte
}

// list returns the modules that the binary links on any target and those of the tests, by path; the Go distribution
// comes first.
func list(ctx context.Context, root string) ([]module, error) {
	found := map[string]module{}
	add := func(shipped bool, goos string, args ...string) error {
		const format = "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}"
		command := exec.CommandContext(ctx, "go", append([]string{"list", "-deps", "-f", format}, args...)...)
		command.Dir = root
		command.Env = append(os.Environ(), "GOOS="+goos, "CGO_ENABLED=0")
		command.Stderr = os.Stderr
		output, err := command.Output()
		if err != nil {
			return fmt.Errorf("list the packages of %s for %s: %w", strings.Join(args, " "), goos, err)
		}
		for line := range strings.Lines(string(output)) {
			fields := strings.Split(strings.TrimSpace(line), "\t")
			if len(fields) != 3 {
				continue
			}
			m := module{Path: fields[0], Version: fields[1], Dir: fields[2]}
			m.Shipped = shipped || found[m.Path].Shipped
			found[m.Path] = m
		}
		return nil
	}
	for _, goos := range targets {
		if err := add(true, goos, "./cmd/djleak"); err != nil {
			return nil, err
		}
	}
	if err := add(false, "linux", "-test", "./..."); err != nil {
		return nil, err
	}
	modules := slices.SortedFunc(maps.Values(found), func(a, b module) int { return cmp.Compare(a.Path, b.Path) })
	distribution, err := goDistribution(ctx, root)
	return append([]module{distribution}, modules...), err
}

// goDistribution returns Go's standard library, which every binary contains.
func goDistribution(ctx context.Context, root string) (module, error) {
	command := exec.CommandContext(ctx, "go", "env", "GOROOT", "GOVERSION")
	command.Dir = root
	output, err := command.Output()
	if err != nil {
		return module{}, fmt.Errorf("find Go's own licence: %w", err)
	}
	goroot, version, _ := strings.Cut(strings.TrimSpace(string(output)), "\n")
	return module{Path: "std", Version: strings.TrimPrefix(version, "go"), Dir: goroot, Shipped: true}, nil
}

// read fills in the module's licences. The error tells what is not allowed.
func (m *module) read() error {
	entries, err := os.ReadDir(m.Dir)
	if err != nil {
		return fmt.Errorf("%s: %w", m.Path, err)
	}
	var files []string
	for _, entry := range entries {
		if entry.Type().IsRegular() && isLicence(entry.Name()) {
			files = append(files, filepath.Join(m.Dir, entry.Name()))
		}
	}
	if len(files) == 0 {
		return fmt.Errorf("%s: it has no licence file", m.Path)
	}
	var problems []error
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("%s: %w", m.Path, err)
		}
		licences := classify(string(text))
		if len(licences) == 0 {
			problems = append(problems, fmt.Errorf("%s: nobody has allowed the licence in %s", m.Path, filepath.Base(file)))
		}
		m.Licences = append(m.Licences, licences...)
		m.Text = append(m.Text, text...)
	}
	slices.Sort(m.Licences)
	m.Licences = slices.Compact(m.Licences)
	return errors.Join(problems...)
}

// isLicence reports whether a file of that name holds a licence.
func isLicence(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc([]string{"license", "licence", "copying", "unlicense"}, func(prefix string) bool {
		return strings.HasPrefix(name, prefix)
	})
}

// noticesOf returns the texts that a binary has to carry along.
func noticesOf(modules []module) []byte {
	var text []byte
	for _, m := range modules {
		text = fmt.Appendf(text, "%s %s\n%s\n\n%s\n\n", m.Path, m.Version, strings.Repeat("=", len(m.Path)+1+len(m.Version)), m.Text)
	}
	return text
}

// billOf returns the bill of materials as SPDX 2.3 in JSON.
func billOf(modules []module, version, created string) ([]byte, error) {
	type reference struct {
		Category string `json:"referenceCategory"`
		Type     string `json:"referenceType"`
		Locator  string `json:"referenceLocator"`
	}
	type pkg struct {
		ID         string      `json:"SPDXID"`
		Name       string      `json:"name"`
		Version    string      `json:"versionInfo"`
		Download   string      `json:"downloadLocation"`
		Analysed   bool        `json:"filesAnalyzed"`
		Declared   string      `json:"licenseDeclared"`
		Concluded  string      `json:"licenseConcluded"`
		Copyright  string      `json:"copyrightText"`
		References []reference `json:"externalRefs"`
	}
	type relationship struct {
		From string `json:"spdxElementId"`
		Type string `json:"relationshipType"`
		To   string `json:"relatedSpdxElement"`
	}
	entry := func(id, path, version string, licences []string) pkg {
		expression := strings.Join(licences, " AND ")
		return pkg{
			ID: "SPDXRef-" + id, Name: path, Version: version, Download: "NOASSERTION",
			Declared: expression, Concluded: expression, Copyright: "NOASSERTION",
			References: []reference{{"PACKAGE-MANAGER", "purl", "pkg:golang/" + path + "@" + version}},
		}
	}
	const self = "github.com/djleak/djleak"
	packages := []pkg{entry("djleak", self, version, []string{"Apache-2.0"})}
	relations := []relationship{{"SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-djleak"}}
	for i, m := range modules {
		id := fmt.Sprintf("module-%d", i+1)
		packages = append(packages, entry(id, m.Path, m.Version, m.Licences))
		relations = append(relations, relationship{"SPDXRef-djleak", "DEPENDS_ON", "SPDXRef-" + id})
	}
	bill, err := json.MarshalIndent(map[string]any{
		"spdxVersion":       "SPDX-2.3",
		"SPDXID":            "SPDXRef-DOCUMENT",
		"dataLicense":       "CC0-1.0",
		"name":              "djleak-" + version,
		"documentNamespace": "https://" + self + "/releases/download/v" + version + "/sbom",
		"creationInfo":      map[string]any{"created": created, "creators": []string{"Tool: djleak-licences"}},
		"packages":          packages,
		"relationships":     relations,
	}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write bill of materials: %w", err)
	}
	return append(bill, '\n'), nil
}
