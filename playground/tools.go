package playground

import (
	"maps"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// tool is one of the shell's own small commands.
type tool = func(s *Session, in shell.Invocation) shell.Result

// tools are the commands besides kubectl and why.
var tools = map[string]tool{
	"echo": func(_ *Session, in shell.Invocation) shell.Result {
		args, end := in.Args[1:], "\n"
		if len(args) > 0 && args[0] == "-n" {
			args, end = args[1:], ""
		}
		return shell.Result{Stdout: strings.Join(args, " ") + end}
	},
	"cat":   cat,
	"ls":    ls,
	"rm":    rm,
	"true":  func(*Session, shell.Invocation) shell.Result { return shell.Result{} },
	"false": func(*Session, shell.Invocation) shell.Result { return shell.Result{Code: 1} },
	"help":  help,
}

func cat(s *Session, in shell.Invocation) shell.Result {
	if len(in.Args) == 1 {
		return shell.Result{Stdout: string(in.Stdin)}
	}
	var res shell.Result
	for _, name := range in.Args[1:] {
		data, err := s.ReadFile(name)
		if err != nil {
			res.Stderr += "cat: " + name + ": " + err.Error() + "\n"
			res.Code = 1
			continue
		}
		res.Stdout += string(data)
	}
	return res
}

func ls(s *Session, _ shell.Invocation) shell.Result {
	var res shell.Result
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		res.Stdout += name + "\n"
	}
	return res
}

func rm(s *Session, in shell.Invocation) shell.Result {
	var res shell.Result
	files := maps.Clone(s.files)
	for _, name := range in.Args[1:] {
		if _, ok := files[name]; !ok {
			res.Stderr += "rm: cannot remove '" + name + "': No such file or directory\n"
			res.Code = 1
			continue
		}
		delete(files, name)
	}
	s.files = files
	return res
}

func help(*Session, shell.Invocation) shell.Result {
	return shell.Result{Stdout: `kubectl    talk to the cluster: kubectl --help
why        why is an object as it is: why pod/web
echo, cat, ls, rm, true, false
You can paste a whole manifest; it is applied. Pipes, redirection and here-documents work as in any shell.
`}
}

// nearest is the command whose name is closest to a word; "" if none is.
func nearest(word string) string {
	return schema.Nearest(word, append(slices.Sorted(maps.Keys(tools)), "kubectl", "why"))
}
