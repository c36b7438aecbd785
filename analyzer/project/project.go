// Package project gathers the facts of a whole repository that one file cannot tell: which server runs it, which
// middleware is installed, what a deletion cascades to. A missing fact makes a rule quieter, unless it would have excused a finding.
package project

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/release"
	"github.com/djleak/djleak/analyzer/selection"
)

// Facts are what a repository tells as a whole. The zero value knows nothing.
type Facts struct {
	// ASGI says whether the project runs under an ASGI server.
	ASGI Evidence
	// WSGI is true where a command starts a WSGI server with the project: what ASGI serves beside it may be web sockets
	// alone.
	WSGI bool
	// MayBeWSGI is true where an ASGI server among the dependencies is all that speaks for ASGI, and a WSGI server is among them too or
	// is started.
	MayBeWSGI bool
	// Middleware are the dotted names in all MIDDLEWARE settings, sorted.
	Middleware []string
	// Installed are those of them in the settings that production may start with, sorted, and AllInstalled is true where there are no
	// others.
	Installed    []string
	AllInstalled bool
	// Cascades are the names of the models that others refer to with on_delete=CASCADE, DeleteReceivers those whose
	// deletion a signal receiver waits for; AnyModel stands for a receiver without a sender. Sorted.
	Cascades, DeleteReceivers []string
	// LooseReceivers are the models, or AnyModel, for which only receivers wait whose modules nothing is seen to import. Sorted.
	LooseReceivers []string
	// Owned are the names of the models whose fields say whose a row is, Recorded those whose fields say that or when it came, or
	// keep what was uploaded with it: use brings their rows. Sorted.
	Owned, Recorded []string
	// Kept are the names of the models of whose rows each is one of many that somebody has. Sorted.
	Kept []string
	// Offered are the names of the models whose fields say which of many offers what a row describes. Sorted.
	Offered []string
	// Marked are the names of the models whose rows their manager's QuerySets only mark as deleted, and of the classes that make it
	// so. Sorted.
	Marked []string
	// Refusing are the names of the forms, serializers, models, fields and validators that refuse an upload for its size. Sorted.
	Refusing []string
	// Bounded are the names of the models of which a form or a serializer refuses an upload for its size. Sorted.
	Bounded []string
	// Recycling are the programs whose workers some file restarts after a while: celery, gunicorn, uwsgi. Sorted.
	Recycling []string
	// Production are the settings that a production's own file sets, of those that nearly every deployment sets anew or of which
	// it leaves nothing that its base says. Sorted.
	Production []ProductionSetting
	// Elsewhere are the settings of modules that production does not start with, where it takes them from another. Sorted.
	Elsewhere []SettingOf
	// SwitchedOff are the variables to which production's environment says no: DEBUG=False, DJANGO_ENV=Production. Sorted.
	SwitchedOff []string
	// KeepsResults is true where Celery keeps what tasks return: a result backend is set, and results are not ignored.
	KeepsResults bool
	// SharesCache is true where the project's processes share something through the cache: sessions, pages, what one of them
	// takes out for all.
	SharesCache bool
	// NoSessionRows is true where the settings that production may start with keep sessions elsewhere than in the database.
	NoSessionRows bool
	// LayerIdle is true where the project has consumers for Channels or sets a channel layer, and nothing of it is seen to use one.
	LayerIdle bool
	// Alone is true where a single process serves the project in production, and none is seen beside it.
	Alone bool
	// Undeployed is true where the project's dependencies or its wsgi.py were read, and nothing is seen to deploy it.
	Undeployed bool
	// Requirements is true where a file of dependencies was read, Packages are those of its packages that rules ask about,
	// sorted: django-redis.
	Requirements bool
	Packages     []string
	// OpensAccounts is true where a package is among the dependencies with which people open accounts themselves, or sign in with
	// those that they have elsewhere: the accounts are more than those of a few who run the project.
	OpensAccounts bool
	// BodiesBounded is true where an nginx in front refuses requests above some megabytes.
	BodiesBounded bool
	// LargestBody is the most bytes of a body that some nginx in front lets through, 0 where none says.
	LargestBody int64
	// FilesInDatabase is true where production keeps files in the database, or in another place whose storage reads one whole to open it.
	FilesInDatabase bool
	// Databases is true where production's settings say which databases there are, and AtomicRequests where they put each request into a
	// transaction of one.
	Databases, AtomicRequests bool
	// Django is above every release of Django that the project may run on.
	Django release.Limit
	// OldestDjango is the oldest release of Django that the project may run on, zero where none is known.
	OldestDjango release.Version
}

// A ProductionSetting is one that production's own file sets: what other files of its project say of it holds elsewhere.
type ProductionSetting struct {
	// Name of the setting, such as DEBUG, and the Folder of the file.
	Name, Folder string
}

// A SettingOf is a setting with the file that sets it.
type SettingOf struct{ Name, File string }

// AnyModel is the sender of a receiver that names none.
const AnyModel = "*"

// Evidence is how sure a fact is, and where it stands.
type Evidence struct {
	Strength Strength
	// Where is the place that says so: "Procfile:3".
	Where string
}

// A Strength says how much a piece of evidence proves.
type Strength uint8

// The strengths.
const (
	// Absent means that nothing speaks for it.
	Absent Strength = iota
	// Weak is a sign that many projects carry without meaning it: ASGI_APPLICATION, which startproject writes an
	// asgi.py for.
	Weak
	// Likely is a dependency on a server.
	Likely
	// Certain is a command that starts the server, or daphne among the installed apps.
	Certain
)

// DeletionLoads reports whether something in the repository makes Django load the rows of a model in order to delete
// them: a cascade to another model, or a receiver of a deletion signal. It is false where nothing is known.
func (f *Facts) DeletionLoads(model string) bool {
	if f == nil {
		return false
	}
	return slices.Contains(f.Cascades, model) || slices.Contains(f.DeleteReceivers, model) ||
		slices.Contains(f.DeleteReceivers, AnyModel)
}

// DeletionMayLoad reports whether a receiver waits for the deletion of a model that would make Django load the rows if something
// imported its module. It is false where nothing is known.
func (f *Facts) DeletionMayLoad(model string) bool {
	return f != nil && (slices.Contains(f.LooseReceivers, model) || slices.Contains(f.LooseReceivers, AnyModel))
}

// Records reports whether the fields of a model say that use brings its rows. It is false where nothing is known. What is called
// a profile is one of somebody's only where it says whose: there are those of a site, of a connection, of a colour.
func (f *Facts) Records(model string) bool {
	switch {
	case f == nil:
		return false
	case strings.HasSuffix(model, "Profile"):
		return slices.Contains(f.Owned, model)
	}
	return slices.Contains(f.Recorded, model)
}

// Keeps reports whether the fields of a model say that each of its rows is one of many that somebody has. It is false where nothing is
// known.
func (f *Facts) Keeps(model string) bool { return f != nil && slices.Contains(f.Kept, model) }

// Offers reports whether the fields of a model say which of many offers what a row describes. It is false where nothing is known.
func (f *Facts) Offers(model string) bool { return f != nil && slices.Contains(f.Offered, model) }

// MarksDeleted reports whether the QuerySets of a model's manager only mark the rows that they delete. It is false where nothing is
// known.
func (f *Facts) MarksDeleted(model string) bool { return f != nil && slices.Contains(f.Marked, model) }

// OutgrewDjango reports whether the project surely runs on no Django that a limit allows: its requirements are of newer ones.
func (f *Facts) OutgrewDjango(limit release.Limit) bool {
	return f != nil && limit != (release.Limit{}) && f.OldestDjango.Compare(release.Version(limit)) >= 0
}

// KeepsFilesInDatabase reports whether production keeps files in the database, or in another place whose storage holds a file whole once
// it is open. It is false where nothing is known.
func (f *Facts) KeepsFilesInDatabase() bool { return f != nil && f.FilesInDatabase }

// UnderASGI returns the evidence that the project runs under an ASGI server.
func (f *Facts) UnderASGI() Evidence {
	if f == nil {
		return Evidence{}
	}
	return f.ASGI
}

// DoubtsASGI reports whether what speaks for ASGI may be a dependency that nobody uses, beside a WSGI server. It is false where nothing
// is known.
func (f *Facts) DoubtsASGI() bool { return f != nil && f.MayBeWSGI }

// BesideWSGI reports whether a WSGI server serves the project too. It is false where nothing is known.
func (f *Facts) BesideWSGI() bool { return f != nil && f.WSGI }

// Recycles reports whether some file restarts a program's workers after a while. It is false where nothing is known.
func (f *Facts) Recycles(program string) bool {
	return f != nil && slices.Contains(f.Recycling, program)
}

// SetInProduction reports whether production's own file sets something that a file of the same project sets too: one beside it,
// or in a folder above or below; or whether production starts with another module than that file. It is false where nothing is
// known.
func (f *Facts) SetInProduction(setting, file string) bool {
	folder := path.Dir(file)
	return f != nil && slices.Contains(f.Elsewhere, SettingOf{Name: setting, File: file}) || f != nil && slices.ContainsFunc(f.Production, func(p ProductionSetting) bool {
		return p.Name == setting && (contains(folder, p.Folder) || contains(p.Folder, folder))
	})
}

// contains reports whether a folder is another or stands above it.
func contains(folder, other string) bool {
	return folder == "." || folder == other || strings.HasPrefix(other, folder+"/")
}

// ResultsKept reports whether Celery keeps what tasks return. It is false where nothing is known.
func (f *Facts) ResultsKept() bool { return f != nil && f.KeepsResults }

// SwitchesOff reports whether the environment of production says no to a variable that settings ask. It is false where nothing
// is known.
func (f *Facts) SwitchesOff(variable string) bool {
	return f != nil && slices.Contains(f.SwitchedOff, variable)
}

// KeepsCacheApart reports whether a whole project is known, with its dependencies, and nothing of it shares anything through a
// cache.
func (f *Facts) KeepsCacheApart() bool { return f != nil && f.Requirements && !f.SharesCache }

// KeepsSessionsElsewhere reports whether production's sessions are no rows of the database. It is false where nothing is known.
func (f *Facts) KeepsSessionsElsewhere() bool { return f != nil && f.NoSessionRows }

// LetsPeopleIn reports whether people open accounts themselves, or sign in with those that they have elsewhere. It is false where
// nothing is known.
func (f *Facts) LetsPeopleIn() bool { return f != nil && f.OpensAccounts }

// Lacks reports whether the project's dependencies were read and a package is not among them.
func (f *Facts) Lacks(name string) bool {
	return f != nil && f.Requirements && !slices.Contains(f.Packages, name)
}

// LeavesRequests reports whether requests run outside transactions unless their views begin some. It is false where nothing is known.
func (f *Facts) LeavesRequests() bool { return f != nil && f.Databases && !f.AtomicRequests }

// BoundsBodies reports whether an nginx in front of the project refuses large requests. It is false where nothing is known.
func (f *Facts) BoundsBodies() bool { return f != nil && f.BodiesBounded }

// Uses reports whether a package is among the project's dependencies. It is false where nothing is known.
func (f *Facts) Uses(name string) bool { return f != nil && slices.Contains(f.Packages, name) }

// A Reader gathers facts file by file. It keeps facts only, not the files.
type Reader struct {
	facts Facts
	// backend and ignored tell of Celery's results.
	backend, ignored bool
	starts           starts
	processes        processes
	layer            layer
	sharing          []sharing
	sessions         []sessions
	// deployed is true where a file deploys the project, or it depends on a server.
	deployed bool
	// asgiUsed is true where a command starts an ASGI server or settings name an application for one, wsgiRequired where a WSGI server
	// is among the dependencies.
	asgiUsed, wsgiRequired bool
	// inDatabase and outsideDatabase tell of where production keeps files.
	inDatabase, outsideDatabase bool
	// fieldsWhole and fieldsInPieces tell of where the fields of models do.
	fieldsWhole, fieldsInPieces bool
	// requirements are those of Django.
	requirements []requirement
	models       []model
	// markings claim of classes that their QuerySets only mark rows as deleted.
	markings  []claim
	receivers receivers
	checkers  []django.Checker

	parser   python.Parser
	resolver names.Resolver
}

// Relevant reports whether a file may tell a fact, by its path alone.
func Relevant(file string) bool {
	if tellsOfDjango(path.Base(file)) {
		return true
	}
	if _, ok := templated(file); ok {
		return true
	}
	kind := selection.KindOf(file)
	if strings.HasSuffix(file, ".py") {
		return isSettings(file) || kind == selection.Code && (tellsOfModels(file) || isConsumers(file) || tellsOfLimits(file) || isStart(file))
	}
	return kind == selection.Deployment || isRequirements(file) || isProject(path.Base(file)) || isScript(file) || isStart(file) || isFront(file) || isManifest(file) || isTask(file) || isEnvironmentExample(file)
}

// Order compares two relevant files by how much they are likely to tell, for those who cannot read all: those nearest the root most,
// and less than any other those that only tell which uploads are refused.
func Order(a, b string) int {
	last := func(file string) int {
		if tellsOfLimits(file) {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(last(a), last(b)), cmp.Compare(strings.Count(a, "/"), strings.Count(b, "/")))
}

// isScript reports whether a file without an extension is a script that starts something, by its name or its folder.
func isScript(file string) bool {
	folder, base := path.Split(file)
	if strings.Contains(base, ".") {
		return false
	}
	switch base {
	case "run", "start", "entrypoint", "docker-entrypoint", "server", "web":
		return true
	}
	switch path.Base(folder) {
	case "bin", "docker", "deploy", "entrypoints", "scripts":
		return true
	}
	return false
}

// tellsOfModels reports whether a module is one in which Django projects keep models and receivers, or say which modules to load.
func tellsOfModels(file string) bool {
	folder, base := path.Split(file)
	switch base {
	case "models.py", "signals.py", "receivers.py", "handlers.py", "apps.py", "managers.py", "querysets.py":
		return true
	}
	return path.Base(folder) == "models"
}

// Add takes the facts of one file.
func (r *Reader) Add(file string, raw []byte) {
	made, isTemplate := templated(file)
	switch {
	case isStart(file):
		r.starts.addStart(file, raw)
	case tellsOfDjango(path.Base(file)):
		r.addDjango(file, string(raw))
	case strings.HasSuffix(file, ".py"):
		r.addPython(file, raw)
	case isRequirements(file), isProject(path.Base(file)):
		r.addRequirements(file, string(raw))
		r.addDjango(file, string(raw))
	case isFront(file):
		r.deployed = true
		r.addFront(string(raw))
	case isTemplate:
		r.deployed = true
		r.addTemplate(made, string(raw))
	case isTask(file):
		r.deployed = true
		r.addTask(file, string(raw))
	case isManifest(file) && selection.KindOf(file) != selection.Deployment:
		r.addManifest(file, string(raw))
	default:
		r.addDeployment(file, string(raw))
	}
}

// Join takes what another reader gathered, from other files of the same repository. Which files which of them read does not
// matter.
func (r *Reader) Join(other *Reader) {
	from, to := &other.facts, &r.facts
	r.note(from.ASGI)
	to.WSGI = to.WSGI || from.WSGI
	to.Requirements = to.Requirements || from.Requirements
	to.OpensAccounts = to.OpensAccounts || from.OpensAccounts
	to.SharesCache = to.SharesCache || from.SharesCache
	to.Databases = to.Databases || from.Databases
	to.AtomicRequests = to.AtomicRequests || from.AtomicRequests
	to.BodiesBounded = to.BodiesBounded || from.BodiesBounded
	to.LargestBody = max(to.LargestBody, from.LargestBody)
	to.Middleware = append(to.Middleware, from.Middleware...)
	to.Cascades = append(to.Cascades, from.Cascades...)
	to.Recycling = append(to.Recycling, from.Recycling...)
	to.Production = append(to.Production, from.Production...)
	to.SwitchedOff = append(to.SwitchedOff, from.SwitchedOff...)
	to.Packages = append(to.Packages, from.Packages...)
	r.requirements = append(r.requirements, other.requirements...)
	r.models = append(r.models, other.models...)
	r.markings = append(r.markings, other.markings...)
	r.checkers = append(r.checkers, other.checkers...)
	r.backend = r.backend || other.backend
	r.ignored = r.ignored || other.ignored
	r.asgiUsed = r.asgiUsed || other.asgiUsed
	r.wsgiRequired = r.wsgiRequired || other.wsgiRequired
	r.inDatabase = r.inDatabase || other.inDatabase
	r.outsideDatabase = r.outsideDatabase || other.outsideDatabase
	r.fieldsWhole = r.fieldsWhole || other.fieldsWhole
	r.fieldsInPieces = r.fieldsInPieces || other.fieldsInPieces
	r.starts.join(&other.starts)
	r.processes.join(other.processes)
	r.deployed = r.deployed || other.deployed
	r.sharing = append(r.sharing, other.sharing...)
	r.sessions = append(r.sessions, other.sessions...)
	r.layer.join(other.layer)
	r.receivers.join(&other.receivers)
}

// Facts returns what was gathered so far.
func (r *Reader) Facts() *Facts {
	facts := r.facts
	facts.KeepsResults = r.backend && !r.ignored
	facts.MayBeWSGI = facts.ASGI.Strength == Likely && !r.asgiUsed && (facts.WSGI || r.wsgiRequired)
	facts.LayerIdle = (r.layer.consumers || r.layer.set) && !r.layer.used
	facts.Alone = r.processes.one && !r.processes.more
	facts.Undeployed = (facts.Requirements || len(r.starts.fallbacks) > 0) && !r.deployed && facts.ASGI.Strength < Certain
	facts.Elsewhere = r.starts.elsewhere()
	facts.Installed, facts.AllInstalled = r.starts.installed()
	facts.Django, facts.OldestDjango = newest(r.requirements), oldest(r.requirements)
	facts.Owned = saying(claims(r.models, func(m model) bool { return m.owned }), accounts)
	facts.Kept = kept(r.models)
	facts.Offered = saying(claims(r.models, func(m model) bool { return m.offered }), nil)
	facts.Recorded = recorded(r.models)
	facts.Marked = saying(r.markings, marking)
	facts.Refusing = Refusing(r.checkers, nil)
	facts.Bounded = bounded(r.checkers, facts.Refusing)
	facts.FilesInDatabase = r.inDatabase && !r.outsideDatabase || r.fieldsWhole && !r.fieldsInPieces
	facts.DeleteReceivers, facts.LooseReceivers = r.receivers.models()
	for _, list := range []*[]string{&facts.Middleware, &facts.Installed, &facts.Cascades, &facts.DeleteReceivers, &facts.LooseReceivers, &facts.Recycling, &facts.Packages, &facts.SwitchedOff} {
		*list = slices.Clone(*list)
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	facts.Production = slices.Clone(facts.Production)
	slices.SortStableFunc(facts.Production, func(a, b ProductionSetting) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Folder, b.Folder))
	})
	facts.Production = slices.Compact(facts.Production)
	facts.NoSessionRows = areElsewhere(r.sessions, &facts)
	facts.SharesCache = facts.SharesCache || slices.ContainsFunc(r.sharing, func(s sharing) bool { return s.holds(&facts) })
	return &facts
}

// note keeps the strongest evidence, of two alike the one whose place sorts first, so that the order of the files does
// not matter.
func (r *Reader) note(e Evidence) {
	current := &r.facts.ASGI
	if e.Strength > current.Strength || e.Strength == current.Strength && e.Where < current.Where {
		*current = e
	}
}
