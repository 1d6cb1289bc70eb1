package playground

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/network"
	"github.com/slipway-dev/slipway/orchestrate/workload"
	"github.com/slipway-dev/slipway/playground/kubectl"
)

// execIn runs a command in a container, for kubectl. What people type into, and scripts that use the network, get a shell of the
// session's; the rest is worked out by the container.
func (s *Session) execIn(c *kubectl.Command) kubectl.Result {
	argv, first := c.Argv, len(c.Argv) == 0
	if first {
		if _, argv = s.cluster.Running(c.Pod, c.Container); argv == nil || !c.Input {
			return kubectl.Result{}
		}
	}
	name := argv[0][strings.LastIndexByte(argv[0], '/')+1:]
	_, client := clients[name]
	script, typed := scriptIn(argv, name)
	switch {
	case !client && !shellName(name):
		return s.runIn(c)
	case !s.cluster.HasProgram(c.Pod, c.Container, name):
		return missing(argv[0])
	case client && !first:
		return s.begin(network.Place{Namespace: c.Pod.Namespace, Pod: c.Pod.Name}, append([]string{name}, argv[1:]...), true)
	case client:
		script, typed = quotedLine(argv), false
	case typed && c.Stdin != nil:
		script, typed = string(c.Stdin), false
	case typed && !c.Input:
		return kubectl.Result{} // it reads nothing, and is over
	case !typed && !first && !slices.ContainsFunc(strings.FieldsFunc(script, notWord), func(w string) bool { return clients[w] != nil }):
		return s.runIn(c)
	}
	r := s.enterRoom(c, argv)
	if !typed {
		r.reads, r.typed = false, []string{script}
	}
	if first || typed {
		return kubectl.Result{Job: r}
	}
	res, over := r.poll(s)
	if !over {
		res.Job = r
	}
	return res
}

// scriptIn is what a shell is told to run by -c; typed tells that it is told nothing, so that it reads.
func scriptIn(argv []string, name string) (script string, typed bool) {
	for i, a := range argv[1:] {
		if strings.HasPrefix(a, "-") && strings.HasSuffix(a, "c") && i+2 < len(argv) {
			return argv[i+2], false
		}
	}
	return "", shellName(name)
}

func notWord(c rune) bool { return !(c >= 'a' && c <= 'z' || c == '-' || c == '_' || c == '.') }

// quotedLine is a command line that is read as these words.
func quotedLine(argv []string) string {
	words := make([]string, len(argv))
	for i, a := range argv {
		words[i] = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
	}
	return strings.Join(words, " ")
}

// missing is what a runtime says of a program that a container does not have.
func missing(program string) kubectl.Result {
	return ended(kubectl.Result{Stderr: `error: Internal error occurred: OCI runtime exec failed: exec failed: unable to start container process: exec: "` +
		program + `": executable file not found in $PATH` + "\n", Code: 127}, false)
}

// runIn runs a command in a container that needs nothing from outside it.
func (s *Session) runIn(c *kubectl.Command) kubectl.Result {
	r, ok := s.cluster.ExecWith("", c.Pod, c.Container, &workload.Command{Argv: c.Argv, Stdin: string(c.Stdin)})
	switch {
	case !ok:
		return kubectl.Result{Stderr: `error: Internal error occurred: unable to upgrade connection: container not found ("` + c.Container + "\")\n", Code: 1}
	case r.Missing:
		return missing(c.Argv[0])
	case !r.Ended:
		return kubectl.Result{Stdout: r.Out, Stderr: r.Err + "error: the command does not end; it was stopped\n", Code: 130}
	case r.Code != 0:
		r.Err += "command terminated with exit code " + strconv.Itoa(int(r.Code)) + "\n"
	}
	return kubectl.Result{Stdout: r.Out, Stderr: r.Err, Code: int(r.Code)}
}
