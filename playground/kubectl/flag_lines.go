package kubectl

import (
	"slices"
	"strings"
)

// sharedFlags are flags that several verbs have, and those that every verb has.
const sharedFlags = `
all|b||Every object of the type in the namespace.
all-namespaces,A|b||Look in every namespace.
allow-missing-template-keys|btrue||A template gives nothing for a field that is not there; false makes it an error.
append-hash|b||Append a hash of the data to the name.
as|s||Accepted; everybody may do everything here.
as-group|l||Accepted, as --as.
cascade|sbackground?background|background,foreground,orphan|What becomes of the objects a deleted one owns: background and foreground delete them, orphan leaves them.
chunk-size|i500||Accepted; lists come whole here.
cluster|s||Accepted; there is one.
containers,c|s*||Only containers of this name; * may stand for its end.
context|sslipway||The context to use; there is one.
dry-run|snone?unchanged|none,client,server|client only prints what would be sent; server sends it without storing it.
field-manager|s||The name under which the fields are owned.
field-selector|s||Only objects whose fields match, for example status.phase=Running.
filename,f|l||A file with manifests; - is what is piped in.
force|b||Do not wait for the node; only with a grace period of 0. With apply and replace: create anew what cannot be changed.
from-file|l||A file, under its name or as KEY=FILE.
grace-period|i-1||Seconds a pod is given to end; -1 means its own.
help,h|b||Say what the command does.
insecure-skip-tls-verify|b||Accepted; there is no wire to listen on.
kubeconfig|s||Accepted; the configuration is built in.
kustomize,k|L
local|b||Change what -f reads, and only print it.
namespace,n|s||The namespace to look in.
no-headers|b||Leave the line of headers out.
output,o|s|yaml,json,kyaml,name,jsonpath=,go-template=,custom-columns=|Print yaml, json, kyaml, name, jsonpath={...}, go-template={{...}}, custom-columns=HEADER:.path.
override-type|smerge|json,merge,strategic|What sort of a patch that is.
overrides|s||JSON that is put over the object that is made.
pod-running-timeout|d1m0s||How long to wait for a pod that runs.
quiet,q|b||Only print what it prints.
raw|s||Send the request to this path of the API, and print what comes back.
record|b||Deprecated: note the command line as the cause of the change.
recursive,R|b||With a folder for -f: those below it too; there are none here.
request-timeout|s||How long a watch goes on; other requests take no time here.
save-config|b||Keep the manifest in an annotation, as apply does.
selector,l|s||Only objects whose labels match, for example -l app=web,tier!=db.
server,s|s||Accepted; there is one.
show-managed-fields|b||Show who owns which field, in yaml and json.
stdin,i|b||Pass on what is typed, or piped in.
subresource|s|status,scale,resize|The part of the object that is meant: status or scale.
template|s||The template, where -o go-template or jsonpath does not have it.
timeout|d0s||How long to wait; 0 means as long as it takes.
token|s||Accepted; you are admin.
tty,t|b||Give it a terminal.
user|s||Accepted; there is one.
v,v|i||Level of logging; there is nothing to log here.
validate|sstrict?strict|strict,warn,ignore|What becomes of unknown fields: strict refuses them, warn says so and leaves them out, ignore is silent.
wait|b||Accepted; what is deleted is gone when its containers have ended.
warnings-as-errors|b||Accepted; warnings stay warnings.
`

// commonFlags are understood by every verb, and printFlags by those that print objects.
const (
	commonFlags = " namespace help v request-timeout context cluster user kubeconfig server token as as-group insecure-skip-tls-verify warnings-as-errors"
	printFlags  = " allow-missing-template-keys show-managed-fields template"
)

// flagSpecs reads flags from lines. A line is either names of shared flags, or
//
//	NAME[,LETTER]|TYPE[INITIAL[?BARE]]|VALUES|HELP
//
// with a letter for the type: b bool, s text, i number, d duration, l list, a array; L marks a flag of kubectl that the playground does
// not have yet. As text, flags weigh a tenth of what they weigh as Go.
func flagSpecs(text string) []flagSpec {
	out := make([]flagSpec, 0, 40)
	for line := range strings.Lines(text) {
		if strings.Contains(line, "|") {
			out = append(out, flagOf(strings.TrimSpace(line)))
			continue
		}
		for _, name := range strings.Fields(line) {
			out = append(out, sharedFlag(name))
		}
	}
	return out
}

func sharedFlag(name string) flagSpec {
	for line := range strings.Lines(sharedFlags) {
		if rest, ok := strings.CutPrefix(line, name); ok && (rest[0] == '|' || rest[0] == ',') {
			return flagOf(line[:len(line)-1])
		}
	}
	panic("kubectl: bug: no flag is called " + name)
}

func flagOf(line string) flagSpec {
	head, rest, _ := strings.Cut(line, "|")
	kind, rest, _ := strings.Cut(rest, "|")
	values, help, _ := strings.Cut(rest, "|")
	s := flagSpec{help: help}
	var letter string
	if s.name, letter, _ = strings.Cut(head, ","); letter != "" {
		s.short = letter[0]
	}
	if s.later = kind == "L"; !s.later {
		s.typ = flagType(strings.IndexByte("bsidla", kind[0]))
		s.initial, s.bare, _ = strings.Cut(kind[1:], "?")
	}
	if values != "" {
		s.values = strings.Split(values, ",")
	}
	return s
}

func (v *verb) specs() []flagSpec {
	all := flagSpecs(v.flags + "\n" + commonFlags)
	if slices.ContainsFunc(all, func(f flagSpec) bool { return f.name == "output" }) {
		all = append(all, flagSpecs(printFlags)...)
	}
	return all
}
