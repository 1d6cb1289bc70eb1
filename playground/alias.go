package playground

import (
	"maps"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/shell"
)

// maxAliases is how many words may stand for others.
const maxAliases = 100

// alias is alias [NAME[='WORDS']]...: a word that stands for others at the beginning of a command. The words are cut at blanks;
// pipes, quotes and variables in them mean nothing.
func alias(s *Session, in shell.Invocation) shell.Result {
	var res shell.Result
	if len(in.Args) == 1 {
		for _, name := range slices.Sorted(maps.Keys(s.aliases)) {
			res.Stdout += "alias " + name + "='" + s.aliases[name] + "'\n"
		}
		return res
	}
	for _, word := range in.Args[1:] {
		name, text, set := strings.Cut(word, "=")
		known, ok := s.aliases[name]
		switch {
		case !set && ok:
			res.Stdout += "alias " + name + "='" + known + "'\n"
		case !set:
			res = shell.Result{Stdout: res.Stdout, Stderr: res.Stderr + "alias: " + name + " not found\n", Code: 1}
		case name == "" || strings.ContainsAny(text, "|&;<>()$`\n"):
			res = shell.Result{Stdout: res.Stdout, Stderr: res.Stderr + "alias: only plain words here: alias kgp='kubectl get pods'\n", Code: 1}
		case !ok && len(s.aliases) >= maxAliases:
			return shell.Result{Stderr: "alias: there are enough of them\n", Code: 1}
		default:
			s.setAlias(name, text)
		}
	}
	return res
}

func unalias(s *Session, in shell.Invocation) shell.Result {
	for _, name := range in.Args[1:] {
		if _, ok := s.aliases[name]; !ok {
			return shell.Result{Stderr: "unalias: " + name + " not found\n", Code: 1}
		}
		s.setAlias(name, "")
	}
	return shell.Result{}
}

// setAlias changes a copy: checkpoints share the map.
func (s *Session) setAlias(name, text string) {
	all := maps.Clone(s.aliases)
	if all == nil {
		all = map[string]string{}
	}
	if all[name] = text; text == "" {
		delete(all, name)
	}
	s.aliases = all
}

// unaliased is a command line with its first word replaced by what it stands for. An alias is not looked up again, so that
// one of its own name ends.
func (s *Session) unaliased(args []string) []string {
	if text, ok := s.aliases[args[0]]; ok {
		return append(strings.Fields(text), args[1:]...)
	}
	return args
}

// elsewhere are commands that people know and this terminal does not have, and what does their work.
var elsewhere = map[string]string{
	"jq": "kubectl's -o jsonpath={...} and -o go-template={{...}} pick fields", "vi": "cat > FILE <<'END' writes one, sed -i changes it",
	"vim": "cat > FILE <<'END' writes one, sed -i changes it", "nano": "cat > FILE <<'END' writes one, sed -i changes it",
	"docker": "kubectl exec, logs and describe look into containers", "helm": "kubectl apply -f takes manifests", "minikube": "this cluster runs already",
	"kind": "this cluster runs already", "source": "completion is there already: press Tab", "complete": "completion is there already: press Tab",
}
