package main

import (
	"strings"

	"github.com/djleak/djleak/analyzer"
)

const repositoryURL = "https://github.com/djleak/djleak"

// ruleURL is where a rule's page can be read, as this version has it.
func ruleURL(rule string) string {
	revision := "main"
	if strings.HasPrefix(version, "v") {
		revision = version
	}
	return repositoryURL + "/blob/" + revision + "/" + rulePage(rule)
}

// rulePage is the path of a rule's page in the repository. The rules that the analyzer itself reports have no folder.
func rulePage(rule string) string {
	switch rule {
	case analyzer.InvalidConfiguration.Name, analyzer.UnusedSuppression.Name:
		return "analyzer/" + rule + ".md"
	}
	return "analyzer/rules/" + strings.ReplaceAll(rule, "-", "") + "/doc.md"
}
