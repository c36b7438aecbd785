package project

import (
	"slices"

	"github.com/djleak/djleak/analyzer/settings"
)

// NothingDeploys reports whether a project is known of which no file starts a server or goes to a platform, and no server is among the
// dependencies: it runs by manage.py runserver on the machine of whoever works at it. It is false where nothing is known.
func (f *Facts) NothingDeploys() bool { return f != nil && f.Undeployed }

// addDeployed takes whether a file of an environment or of commands is there for others than developers. Images, units and stacks are,
// whatever they start; of scripts, those that start more than manage.py.
func (r *Reader) addDeployed(file *settings.File) {
	if file.Role != settings.Production {
		return
	}
	switch file.Format {
	case settings.Lines, settings.INI, settings.YAML:
		r.deployed = true
	case settings.Script:
		r.deployed = r.deployed || slices.ContainsFunc(file.Commands, func(c settings.Command) bool { return c.Program != "manage.py" })
	case settings.Env, settings.TOML, settings.Python:
		r.deployed = r.deployed || file.SaysProduction()
	}
}
