package playground

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/slipway-dev/slipway/playground/kubectl"
)

// fault breaks something, or mends it: fault node-down node-1. Without words it tells what is broken and what can be.
func fault(s *Session, in shell.Invocation) shell.Result {
	args := in.Args[1:]
	switch {
	case len(args) == 0 || args[0] == "--help" || args[0] == "-h" || args[0] == "list":
		return shell.Result{Stdout: s.faultList()}
	case args[0] == "mend" && len(args) == 1:
		return s.mendAll()
	}
	f, err := orchestrate.ParseFault(args)
	if err == nil {
		err = s.cluster.Inject("", f)
	}
	if err != nil {
		text := "fault: " + strings.TrimPrefix(err.Error(), "orchestrate: ")
		if near := schema.Nearest(args[0], faultNames()); near != "" && near != args[0] {
			text += `; did you mean "` + near + `"?`
		}
		return shell.Result{Stderr: text + "\n", Code: 1}
	}
	return shell.Result{Stdout: f.String() + "\n"}
}

// mendAll ends every fault that is in effect.
func (s *Session) mendAll() shell.Result {
	var res shell.Result
	for _, f := range s.cluster.Faults() {
		f.Mend = true
		if err := s.cluster.Inject("", f); err != nil {
			return shell.Result{Stdout: res.Stdout, Stderr: "fault: " + err.Error() + "\n", Code: 1}
		}
		res.Stdout += f.String() + "\n"
	}
	return res
}

// faultList tells what is broken, and what can be.
func (s *Session) faultList() string {
	var b strings.Builder
	in := s.cluster.Faults()
	if len(in) > 0 {
		b.WriteString("In effect (fault mend ends all of them):\n")
		for _, f := range in {
			b.WriteString("  " + f.String() + "\n")
		}
		b.WriteString("\n")
	}
	b.WriteString("fault WORD ...     what it breaks, and the word that mends it\n")
	for _, d := range orchestrate.FaultDocs() {
		b.WriteString("  " + d.Break + " " + d.Args + "\n      " + d.Doc)
		if d.Mend != "" {
			b.WriteString(" Mended by " + d.Mend + ".")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// faultNames are the words after fault.
func faultNames() []string {
	names := []string{"list", "mend"}
	for _, d := range orchestrate.FaultDocs() {
		names = append(names, d.Break)
		if d.Mend != "" {
			names = append(names, d.Mend)
		}
	}
	slices.Sort(names)
	return names
}

// completeFault offers the words of a fault, and then what it may be about.
func (s *Session) completeFault(args []string, word string) []kubectl.Completion {
	if len(args) == 1 {
		return described(matching(word, faultNames()), faultDoc)
	}
	kind := api.KindNode
	switch args[1] {
	case orchestrate.ContainerCrash:
		kind = api.KindPod
	case api.ComponentDown, "component-up", orchestrate.ComponentCrash:
		return matching(word, s.cluster.Components())
	}
	var names []string
	for _, o := range s.cluster.Snapshot().List(kind) {
		name := o.Meta().Name
		if ns := o.Meta().Namespace; ns != "" && ns != "default" {
			name = ns + "/" + name
		}
		names = append(names, name)
	}
	return matching(word, names)
}
