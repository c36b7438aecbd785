package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// wantsColour reports whether to write in colours: to a terminal, unless the environment says otherwise in one of the
// customary ways (no-color.org, bixense.com/clicolors).
func wantsColour(w io.Writer, getenv func(string) string) bool {
	switch force := getenv("CLICOLOR_FORCE"); {
	case getenv("NO_COLOR") != "":
		return false
	case force != "" && force != "0":
		return true
	case getenv("CLICOLOR") == "0", getenv("TERM") == "dumb":
		return false
	}
	return isTerminal(w)
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
