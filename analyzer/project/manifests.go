package project

import (
	"path"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/settings"
)

// manifestFolders hold what deploys a project: the templates of OpenShift, Kubernetes and Helm.
var manifestFolders = []string{"openshift", "kubernetes", "k8s", "helm", "charts", "manifests"}

// isManifest reports whether a file is one of those that deploy a project, which rules do not look at: its name may be any.
func isManifest(file string) bool {
	switch path.Ext(file) {
	case ".yml", ".yaml":
		return slices.ContainsFunc(strings.Split(strings.ToLower(path.Dir(file)), "/"), func(folder string) bool {
			return slices.Contains(manifestFolders, folder)
		})
	}
	return false
}

// addManifest takes the variables that a manifest switches off.
func (r *Reader) addManifest(file, text string) {
	read, _, _ := settings.Read(file, text) // What stands in front of an error is read.
	r.addEnvironment(read)
	r.processes.addDeployment(read, text)
}
