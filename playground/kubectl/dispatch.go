package kubectl

import (
	"errors"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// verb is one subcommand. Verbs are data, so that running, help and completion cannot disagree.
type verb struct {
	name string
	// aliases are other words for a verb behind another: cm for create configmap.
	aliases []string
	// short says what it does in one line, long in a paragraph.
	short, long string
	// usage is the line of arguments, examples are command lines.
	usage    string
	examples []string
	// flags are lines as flagSpecs reads them.
	flags string
	// types tells that its first word is a kind of object.
	types bool
	// loose takes every flag: what is asked for is not there in any case.
	loose bool
	// subs are the verbs behind this one: rollout status, create deployment. One that is named takes over.
	subs func() []*verb
	run  func(c *call) error
}

// call is one command line being run.
type call struct {
	*flags
	env  *Env
	verb *verb
	out  strings.Builder
	err  strings.Builder
	job  Job
	code int
	// moved is the namespace that later commands are to look in, if this one changes it.
	moved string
	// applied are the trees that apply prints at its end.
	applied []any
	// seen are the objects that apply has met, and spaces their namespaces.
	seen   []api.UID
	spaces []string
	// several tells that more than one object was meant.
	several bool
	// failures are what went wrong so far; see report.
	failures []failure
}

// allVerbs are the verbs of kubectl, in its order. Those that are none of verbs come with later versions of the playground.
var allVerbs = []string{
	"create", "expose", "run", "set", "explain", "get", "edit", "delete", "rollout", "scale", "autoscale", "certificate",
	"cluster-info", "top", "cordon", "uncordon", "drain", "taint", "describe", "logs", "attach", "exec", "port-forward", "proxy",
	"cp", "auth", "debug", "events", "diff", "apply", "patch", "replace", "wait", "kustomize", "label", "annotate", "completion",
	"api-resources", "api-versions", "config", "plugin", "version", "options",
}

// Run runs one kubectl command line, given without the word kubectl.
func Run(env *Env, args []string) Result {
	name, rest := splitVerb(args, (&verb{}).specs())
	if name == "" || name == "help" || name == "--help" || name == "-h" {
		return help(rest)
	}
	for _, v := range verbs() {
		if v.name == name {
			return v.start(env, rest)
		}
	}
	if name == "debug" {
		return failed("error: ephemeral containers do not run in this playground, so kubectl debug is not here; a pod beside the other sees the same network:\n  kubectl run -it --rm debug --image=busybox -- sh")
	}
	if slices.Contains(allVerbs, name) {
		return failed("error: kubectl " + name + " is not part of this playground yet; kubectl help lists what is")
	}
	text := `error: unknown command "` + name + `" for "kubectl"`
	if near := suggestions(name, allVerbs); len(near) > 0 {
		text += "\n\nDid you mean this?\n\t" + strings.Join(near, "\n\t")
	}
	return failed(text)
}

// splitVerb finds the verb: the first word that is no flag. Flags before it go behind it.
func splitVerb(args []string, specs []flagSpec) (string, []string) {
	f := flags{specs: specs}
	for i := 0; i < len(args); i++ {
		switch {
		case args[i] == "--help" || args[i] == "-h":
			return args[i], nil
		case !strings.HasPrefix(args[i], "-"):
			return args[i], append(slices.Clone(args[:i]), args[i+1:]...)
		case strings.Contains(args[i], "=") || args[i][1:] == "" || args[i][1] != '-' && len(args[i]) != 2:
		default:
			if s := f.named(args[i]); s == nil || s.takesValue() {
				i++ // its value; cobra takes a flag that it does not know for one that has a value
			}
		}
	}
	return "", nil
}

func failed(text string) Result { return Result{Stderr: text + "\n", Code: 1} }

// start parses the flags and runs the verb, or the one behind it that is named.
func (v *verb) start(env *Env, args []string) Result {
	if v.subs != nil {
		if word, rest := splitVerb(args, v.specs()); word != "" {
			if s := v.sub(word); s != nil {
				return s.start(env, rest)
			}
		}
	}
	f, err := parseFlags(v.specs(), args)
	if err != nil && v.loose {
		f, err = &flags{specs: v.specs()}, nil
	}
	if err != nil {
		text := "error: " + err.Error()
		if bad, ok := errors.AsType[*flagError](err); ok && bad.hint != "" {
			text += "\n" + bad.hint
		}
		return failed(text + "\nSee 'kubectl " + v.name + " --help' for usage." + v.nearSub(args))
	}
	if f.on("help") {
		return Result{Stdout: v.help()}
	}
	if name := f.text("context"); name != contextName {
		return failed("error: context " + quote(name) + " does not exist")
	}
	c := &call{flags: f, env: env, verb: v}
	if f.on("record") {
		c.err.WriteString("Flag --record has been deprecated, --record will be removed in the future\n")
	}
	if err := v.run(c); err != nil {
		c.fail(err, "")
	}
	c.report()
	return Result{Stdout: c.out.String(), Stderr: c.err.String(), Code: c.code, Namespace: c.moved, Job: c.job}
}

// nearSub is a line that names the verb behind this one that was probably meant; "" if none is near.
func (v *verb) nearSub(args []string) string {
	word, _ := splitVerb(args, v.specs())
	if v.subs == nil || word == "" {
		return ""
	}
	for _, s := range v.subs() {
		if distance(s.word(), word) <= 2 || strings.HasPrefix(s.word(), word) {
			return "\nDid you mean kubectl " + s.name + "?"
		}
	}
	return ""
}

// word is the last word of a verb's name: image of set image.
func (v *verb) word() string { return v.name[strings.LastIndexByte(v.name, ' ')+1:] }

// sub is the verb behind this one that goes by a word; nil if there is none.
func (v *verb) sub(word string) *verb {
	if v.subs == nil {
		return nil
	}
	for _, s := range v.subs() {
		if s.word() == word || slices.Contains(s.aliases, word) {
			return s
		}
	}
	return nil
}

// misuse is a mistake in a command line whose help is the next thing to read.
func (c *call) misuse(text string) error {
	return usageError(text + "\nSee 'kubectl " + c.verb.name + " -h' for help and examples")
}

// unexpected refuses words where only flags are meant.
func (c *call) unexpected() error {
	return c.misuse("Unexpected args: [" + strings.Join(c.args, " ") + "]")
}

// usageError is a mistake in the words of a command line; it is shown as it is.
type usageError string

func (e usageError) Error() string { return string(e) }

// namespace is where the command looks.
func (c *call) namespace() string {
	if n := c.text("namespace"); n != "" {
		return n
	}
	return c.env.Namespace
}
