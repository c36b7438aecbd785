package project

import (
	"path"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/settings"
)

// manifestFolders hold what deploys a project: the templates of OpenShift, Kubernetes and Helm.
var manifestFolders = []string{"openshift", "kubernetes", "k8s", "helm", "charts", "manifests"}

// platformFiles are those by which a platform deploys a project: Render, Google's App Engine, Fly, Heroku, Railway, Vercel.
// Source: https://render.com/docs/blueprint-spec, https://cloud.google.com/appengine/docs/standard/reference/app-yaml,
// https://fly.io/docs/reference/configuration/, https://devcenter.heroku.com/articles/app-json-schema,
// https://docs.railway.com/reference/config-as-code, https://vercel.com/docs/project-configuration
var platformFiles = []string{"render.yaml", "app.yaml", "fly.toml", "app.json", "railway.json", "railway.toml", "vercel.json"}

// isPlatforms reports whether a platform starts what a file says.
func isPlatforms(file string) bool {
	base := path.Base(file)
	return strings.HasPrefix(base, "Procfile") || slices.Contains(platformFiles, base)
}

// isManifest reports whether a file is one of those that deploy a project, which rules do not look at: its name may be any.
func isManifest(file string) bool {
	folder, base := path.Split(file)
	switch path.Ext(file) {
	case ".yml", ".yaml":
		// DigitalOcean's are in .do.
		return path.Base(folder) == ".do" || slices.Contains(platformFiles, base) ||
			slices.ContainsFunc(strings.Split(strings.ToLower(folder), "/"), func(folder string) bool {
				return slices.Contains(manifestFolders, folder)
			})
	case ".config":
		return path.Base(folder) == ".ebextensions" // AWS Elastic Beanstalk's.
	}
	return slices.Contains(platformFiles, base)
}

// addManifest takes the variables that a manifest switches off.
func (r *Reader) addManifest(file, text string) {
	read, _, _ := settings.Read(file, text) // What stands in front of an error is read.
	r.deployed = true
	r.addEnvironment(read)
	r.processes.addDeployment(read, text)
}
