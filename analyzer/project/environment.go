package project

import (
	"path"
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

// addEnvironment takes the variables by which a deployment's environment switches something off. That of an example is what
// whoever deploys copies.
func (r *Reader) addEnvironment(file *settings.File) {
	if file.Role != settings.Production && !isExample(file.Path) {
		return
	}
	for _, setting := range file.Settings {
		value := setting.Value
		if inner := value.Entry("value"); inner != nil {
			value = *inner // Heroku's app.json says more of a variable than its value.
		}
		if !setting.Guarded && variableName.MatchString(setting.Name) && switchesOff(setting.Name, value) {
			r.facts.SwitchedOff = append(r.facts.SwitchedOff, strings.Clone(setting.Name))
		}
	}
}

var variableName = pattern.New(`^[A-Z][A-Z0-9_]+$`)

// exampleWord is what the name of a file says that somebody copies, and fills in, where the project is deployed.
var exampleWord = pattern.New(`(?i)(^|[._-])(example|sample|template|tmpl|dist)([._-]|$)`)

// isEnvironmentExample reports whether a file is an example of an environment that has no dot in front: env.example.
func isEnvironmentExample(file string) bool {
	kind, ok := strings.CutPrefix(path.Base(file), "env.")
	return ok && exampleWord.MatchString(kind)
}

// isExample reports whether a file is an example of production's.
func isExample(file string) bool {
	folder, base := path.Split(file)
	plain := exampleWord.Regexp().ReplaceAllString(base, "$1$3")
	return plain != base && settings.RoleOf(folder+plain) == settings.Production
}

// switchesOff reports whether what a deployment gives a variable switches off what is for development: false, true for one that
// asks for production, and a name other than development's for one that asks for the environment's.
func switchesOff(name string, value settings.Value) bool {
	on, known := value.AsBool()
	switch {
	case known && value.Kind == settings.Text && value.Text == "":
		return false // Whoever deploys fills it in.
	case known:
		return on == strings.Contains(name, "PROD")
	}
	return word.MatchString(value.Text) && settings.RoleOf(value.Text) == settings.Production
}

var word = pattern.New(`^[A-Za-z]\w*$`)

// templated returns the file of an environment or of commands that Ansible makes of a template: roles/web/templates/env.j2.
// Source: https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_templating.html
func templated(file string) (made string, ok bool) {
	folder, base := path.Split(file)
	base, ok = strings.CutSuffix(base, ".j2")
	if base == "env" {
		base = ".env"
	}
	made = folder + base
	return made, ok && selection.KindOf(made) == selection.Deployment
}

// addTemplate takes the variables that a template switches off, or fills in: what with, the inventory of each deployment says.
func (r *Reader) addTemplate(made, text string) {
	read, _, _ := settings.Read(made, text) // What stands in front of an error is read.
	if read.Role != settings.Production {
		return
	}
	r.addEnvironment(read)
	for _, setting := range read.Settings {
		value := text[setting.Value.Span.Start:setting.Value.Span.End]
		if strings.HasPrefix(strings.TrimLeft(value, `"'`), "{{") && !setting.Guarded && variableName.MatchString(setting.Name) {
			r.facts.SwitchedOff = append(r.facts.SwitchedOff, strings.Clone(setting.Name))
		}
	}
}

// isTask reports whether a file defines a task of Amazon's container service, by its name or its folder.
func isTask(file string) bool {
	if !strings.Contains(path.Base(file), ".json") {
		return false
	}
	return taskName.MatchString(file)
}

var taskName = pattern.New(`(?i)task[-_]?def`)

// given is a variable of a task's environment with what it is given.
var given = pattern.New(`"name"\s*:\s*"([A-Z][A-Z0-9_]+)"\s*,\s*"value"\s*:\s*"([^"]*)"`)

// addTask takes the variables that a task's definition switches off, or takes from Terraform, whose variables are those of a
// deployment.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
func (r *Reader) addTask(file, text string) {
	if settings.RoleOf(file) != settings.Production {
		return
	}
	for _, match := range given.Regexp().FindAllStringSubmatch(text, -1) {
		value := settings.Value{Kind: settings.Text, Text: match[2]}
		if strings.HasPrefix(match[2], "$") || switchesOff(match[1], value) {
			r.facts.SwitchedOff = append(r.facts.SwitchedOff, strings.Clone(match[1]))
		}
	}
}
