package main

import (
	"cmp"
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version, commit and date are set by releases: go build -ldflags "-X main.version=v1.2.3 ...".
var version, commit, date string

// A build says which djleak this is.
type build struct{ version, commit, date string }

func (b build) String() string {
	return fmt.Sprintf("%s (commit %s, built %s)", b.version, b.commit, b.date)
}

// readVersion tells what a release was given; what it was not given comes from the Go toolchain's notes in the binary,
// where the date is the commit's.
func readVersion() build {
	b := build{version: version, commit: commit, date: date}
	if info, ok := debug.ReadBuildInfo(); ok {
		b = b.or(build{
			version: info.Main.Version,
			commit:  setting(info, "vcs.revision"),
			date:    setting(info, "vcs.time"),
		})
	}
	return b.or(build{version: "(devel)", commit: "unknown", date: "unknown"})
}

func (b build) or(other build) build {
	return build{
		version: cmp.Or(b.version, other.version),
		commit:  cmp.Or(b.commit, other.commit),
		date:    cmp.Or(b.date, other.date),
	}
}

func setting(info *debug.BuildInfo, key string) string {
	for _, setting := range info.Settings {
		if setting.Key == key {
			return setting.Value
		}
	}
	return ""
}

func newVersionCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Tell version, commit and build date",
		Args:  noArguments,
		RunE:  func(*cobra.Command, []string) error { return p.tellVersion() },
	}
}

func (p *program) tellVersion() error {
	return p.write("", fmt.Appendf(nil, "djleak %s\n", readVersion()))
}

func noArguments(command *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("%q is too much: \"%s\" takes no argument", args[0], command.CommandPath())
	}
	return nil
}
