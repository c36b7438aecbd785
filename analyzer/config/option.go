package config

import (
	"encoding"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/selection"
)

// An option is one key of the configuration.
type option struct {
	key string
	// kind says how the value is written in TOML.
	kind kind
	// allowed are the words that may stand there, or nil.
	allowed []string
	// set puts checked text into values; rules are the names of all rules.
	set func(values *Values, text string, rules []string) error
	// clear empties a list before its items are set.
	clear func(values *Values)
	// local keeps a configuration, which may come from somebody else's repository, from naming files elsewhere.
	local bool
	// own marks what the action has no input for.
	own bool
}

// A kind is a way to write a value.
type kind uint8

const (
	words   kind = iota // a string
	boolean             // true or false
	number              // a whole number
	list                // an array of strings
	table               // a table whose values are strings or arrays of strings
)

// options are all keys there are, sorted. They are made once: every flag asks for its own.
var options = sync.OnceValue(func() []option {
	severities := []string{"high", "medium", "low", "info"}
	return []option{
		own(fileName("baseline", func(v *Values) *string { return &v.Baseline })),
		own(many("bounded-managers", func(v *Values) *[]string { return &v.Vocabulary.BoundedManagers }, checkIdentifier)),
		own(many("cache-decorators", func(v *Values) *[]string { return &v.Vocabulary.CacheDecorators }, checkQualified)),
		truth("check", func(v *Values) *bool { return &v.Check }),
		word("comment-from", severities, func(v *Values) encoding.TextUnmarshaler { return &v.CommentFrom }),
		truth("dry-run", func(v *Values) *bool { return &v.DryRun }),
		many("exclude", func(v *Values) *[]string { return &v.Exclude }, checkGlob),
		failOn(append(slices.Clip(severities), "never")),
		own(format("text", "json", "sarif", "rdjson", "github", "markdown")),
		many("ignore", func(v *Values) *[]string { return &v.Ignore }, checkRule),
		many("include", func(v *Values) *[]string { return &v.Include }, checkGlob),
		own(many("long-running", func(v *Values) *[]string { return &v.Vocabulary.LongRunning }, checkQualified)),
		maxComments(),
		word("min-confidence", severities[:3], func(v *Values) encoding.TextUnmarshaler { return &v.MinConfidence }),
		word("min-severity", severities, func(v *Values) encoding.TextUnmarshaler { return &v.MinSeverity }),
		name(),
		own(perFileIgnores()),
		truth("preview", func(v *Values) *bool { return &v.Preview }),
		truth("resolve", func(v *Values) *bool { return &v.Resolve }),
		truth("review", func(v *Values) *bool { return &v.Review }),
		fileName("sarif-file", func(v *Values) *string { return &v.SARIFFile }),
		word("scope", []string{"new", "added", "file"}, func(v *Values) encoding.TextUnmarshaler { return &v.Scope }),
		many("select", func(v *Values) *[]string { return &v.Select }, checkSelected),
		own(many("settings-files", func(v *Values) *[]string { return &v.SettingsFiles }, checkGlob)),
		own(ruleSeverity(severities)),
		truth("suggestions", func(v *Values) *bool { return &v.Suggestions }),
	}
})

// wanted tells how one value is written in TOML.
func (o *option) wanted() string {
	switch {
	case o.kind == number:
		return "a whole number"
	case o.kind == boolean:
		return "true or false"
	case len(o.allowed) == 0:
		return "a string"
	}
	quoted := make([]string, len(o.allowed))
	for i, word := range o.allowed {
		quoted[i] = strconv.Quote(word)
	}
	return "one of " + strings.Join(quoted, ", ")
}

// Keys returns every key, sorted.
func Keys() []string {
	keys := []string{}
	for _, option := range options() {
		keys = append(keys, option.key)
	}
	return keys
}

// Inputs returns every key that the action has an input for, sorted.
func Inputs() []string {
	keys := []string{}
	for _, option := range options() {
		if !option.own {
			keys = append(keys, option.key)
		}
	}
	return keys
}

// Allowed returns the words that may be the key's value, or nil where they have no end.
func Allowed(key string) []string {
	if option := optionOf(key); option != nil {
		return option.allowed
	}
	return nil
}

func optionOf(key string) *option {
	all := options()
	i := slices.IndexFunc(all, func(option option) bool { return option.key == key })
	if i < 0 {
		return nil
	}
	return &all[i]
}

func word(key string, allowed []string, field func(*Values) encoding.TextUnmarshaler) option {
	return option{key: key, allowed: allowed, set: func(values *Values, text string, _ []string) error {
		if err := oneOf(text, allowed); err != nil {
			return err
		}
		return field(values).UnmarshalText([]byte(text))
	}}
}

func failOn(allowed []string) option {
	return option{key: "fail-on", allowed: allowed, set: func(values *Values, text string, _ []string) error {
		if text == "never" {
			values.FailOn = nil
			return nil
		}
		if err := oneOf(text, allowed); err != nil {
			return err
		}
		values.FailOn = new(values.MinSeverity)
		return values.FailOn.UnmarshalText([]byte(text))
	}}
}

func format(allowed ...string) option {
	return option{key: "format", allowed: allowed, set: func(values *Values, text string, _ []string) error {
		values.Format = text
		return oneOf(text, allowed)
	}}
}

func truth(key string, field func(*Values) *bool) option {
	allowed := []string{"true", "false"}
	return option{key: key, kind: boolean, allowed: allowed, set: func(values *Values, text string, _ []string) error {
		*field(values) = text == "true"
		return oneOf(text, allowed)
	}}
}

func maxComments() option {
	return option{key: "max-comments", kind: number, set: func(values *Values, text string, _ []string) error {
		count, err := strconv.Atoi(strings.ReplaceAll(text, "_", ""))
		if err != nil || count < 0 {
			return fmt.Errorf("%s is not a whole number of 0 or more", text)
		}
		values.MaxComments = count
		return nil
	}}
}

func name() option {
	return option{key: "name", set: func(values *Values, text string, _ []string) error {
		values.Name = text
		return checkName(text)
	}}
}

func fileName(key string, field func(*Values) *string) option {
	return option{key: key, local: true, set: func(values *Values, text string, _ []string) error {
		*field(values) = text
		return checkFile(text)
	}}
}

func many(key string, field func(*Values) *[]string, check func(item string, rules []string) error) option {
	return option{
		key:   key,
		kind:  list,
		clear: func(values *Values) { *field(values) = nil },
		set: func(values *Values, item string, rules []string) error {
			*field(values) = append(*field(values), item)
			return check(item, rules)
		},
	}
}

// own marks an option of the command line: the action compares with the base and writes to its own channels.
func own(o option) option {
	o.own = true
	return o
}

// The items of a table are pairs: no rule's name and no severity has an equals sign, so that the last one separates them.
// Form is what to write, such as "RULE=SEVERITY".
func pair(item, form string) (key, value string, err error) {
	at := strings.LastIndexByte(item, '=')
	if at < 0 {
		return "", "", fmt.Errorf("%q is no pair: write %s", item, form)
	}
	return item[:at], item[at+1:], nil
}

// perFileIgnores has an item "GLOB=RULE" for each rule that is not reported in the files of a glob.
func perFileIgnores() option {
	return option{
		key:   "per-file-ignores",
		kind:  table,
		clear: func(values *Values) { values.Ignores = nil },
		set: func(values *Values, item string, rules []string) error {
			glob, rule, err := pair(item, "GLOB=RULE")
			if err != nil {
				return err
			}
			values.Ignores = append(values.Ignores, analyzer.FileIgnore{Glob: glob, Rule: rule})
			return errors.Join(checkGlob(glob, rules), checkSelected(rule, rules))
		},
	}
}

// ruleSeverity has an item "RULE=SEVERITY" for each rule whose findings are of another severity than its own.
func ruleSeverity(allowed []string) option {
	return option{
		key:   "severity",
		kind:  table,
		clear: func(values *Values) { values.Severities = nil },
		set: func(values *Values, item string, rules []string) error {
			rule, text, err := pair(item, "RULE=SEVERITY")
			if err != nil {
				return err
			}
			severity := analyzer.Info
			if err := errors.Join(checkRule(rule, rules), oneOf(text, allowed)); err != nil {
				return err
			}
			if err := severity.UnmarshalText([]byte(text)); err != nil {
				return err
			}
			if values.Severities == nil {
				values.Severities = map[string]analyzer.Severity{}
			}
			values.Severities[rule] = severity
			return nil
		},
	}
}

func oneOf(text string, allowed []string) error {
	if slices.Contains(allowed, text) {
		return nil
	}
	return fmt.Errorf("%q is none of %s", text, strings.Join(allowed, ", "))
}

func checkGlob(glob string, _ []string) error {
	return selection.ValidateGlob(glob)
}

func checkRule(name string, rules []string) error {
	if slices.Contains(rules, name) {
		return nil
	}
	if hint := DidYouMean(name, rules); hint != "" {
		return fmt.Errorf("%q is no rule%s", name, hint)
	}
	return fmt.Errorf("%q is no rule; \"djleak rules\" lists them", name)
}

func checkSelected(name string, rules []string) error {
	if name == SelectAll {
		return nil
	}
	return checkRule(name, rules)
}

var (
	identifier = pattern.New(`^[\pL_][\pL\pN_]*$`)
	qualified  = pattern.New(`^[\pL_][\pL\pN_]*(\.[\pL_][\pL\pN_]*)+$`)
)

func checkIdentifier(name string, _ []string) error {
	if !identifier.MatchString(name) {
		return fmt.Errorf("%q is not the name of a manager or of one of its methods", name)
	}
	return nil
}

func checkQualified(name string, _ []string) error {
	if !qualified.MatchString(name) {
		return fmt.Errorf("%q is not a name with its module, as in shop.jobs.job", name)
	}
	return nil
}

// maxName is the longest name: it stands in titles and in the markers of comments.
const maxName = 100

// checkName keeps out what would end a marker or a line.
func checkName(name string) error {
	odd := func(r rune) bool { return !unicode.IsPrint(r) || strings.ContainsRune("<>", r) }
	if strings.TrimSpace(name) != name || name == "" || len(name) > maxName || strings.ContainsFunc(name, odd) {
		return fmt.Errorf("%q is not a name: up to %d printable characters without < and >", name, maxName)
	}
	return nil
}

func checkFile(name string) error {
	if name == "" || strings.HasSuffix(name, "/") || strings.ContainsRune(name, 0) {
		return fmt.Errorf("%q is not the name of a file", name)
	}
	return nil
}
