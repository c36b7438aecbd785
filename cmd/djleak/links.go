package main

import "strings"

const repositoryURL = "https://github.com/djleak/djleak"

// ruleURL is where a rule's page can be read, as this version has it.
func ruleURL(rule string) string {
	revision := "main"
	if strings.HasPrefix(version, "v") {
		revision = version
	}
	return repositoryURL + "/blob/" + revision + "/" + rulePage(rule)
}

// rulePage is the path of a rule's page in the repository.
func rulePage(rule string) string { return "docs/rules/" + rule + ".md" }
