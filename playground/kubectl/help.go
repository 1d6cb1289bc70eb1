package kubectl

import (
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
)

// help is the answer to kubectl without a verb, kubectl help and kubectl help VERB.
func help(args []string) Result {
	if len(args) > 0 {
		for _, v := range verbs() {
			if v.name == args[0] {
				if len(args) > 1 && v.sub(args[1]) != nil {
					v = v.sub(args[1])
				}
				return Result{Stdout: v.help()}
			}
		}
		return failed(`error: unknown command "` + args[0] + `" for "kubectl"`)
	}
	var b strings.Builder
	b.WriteString("kubectl talks to the cluster of this playground.\n\nCommands:\n")
	var g grid
	var rows [][]string
	for _, v := range verbs() {
		rows = append(rows, []string{"  " + v.name, v.short})
	}
	g.write(&b, rows)
	b.WriteString("\nUse \"kubectl <command> --help\" for more about a command.\n")
	return Result{Stdout: b.String()}
}

func (v *verb) help() string {
	var b strings.Builder
	b.WriteString(v.short + "\n")
	if v.long != "" {
		b.WriteString("\n" + v.long + "\n")
	}
	if len(v.examples) > 0 {
		b.WriteString("\nExamples:\n")
		for _, e := range v.examples {
			b.WriteString("  " + e + "\n")
		}
	}
	if v.subs != nil {
		b.WriteString("\nCommands:\n")
		var rows [][]string
		for _, s := range v.subs() {
			rows = append(rows, []string{"  " + s.word(), s.short})
		}
		var g grid
		g.write(&b, rows)
	}
	b.WriteString("\nOptions:\n")
	writeOptions(&b, v.specs())
	b.WriteString("\nUsage:\n  kubectl " + v.name + " " + v.usage + "\n")
	return b.String()
}

// writeOptions lists flags by name.
func writeOptions(b *strings.Builder, specs []flagSpec) {
	sorting.Func(specs, func(a, b flagSpec) int { return strings.Compare(a.name, b.name) })
	for _, s := range specs {
		if s.later {
			continue
		}
		head := "    "
		if s.short != 0 {
			head = "-" + string(s.short) + ", "
		}
		b.WriteString("    " + head + "--" + s.name)
		if s.takesValue() {
			b.WriteString("=" + initialText(s))
		}
		b.WriteString("\n        " + s.help + "\n")
	}
}

func initialText(s flagSpec) string {
	switch {
	case s.typ == sliceFlag || s.typ == arrayFlag:
		return "[]"
	case s.typ == stringFlag:
		return "'" + s.initial + "'"
	case s.initial == "":
		return "0"
	}
	return s.initial
}
