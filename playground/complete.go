package playground

import (
	"maps"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/filter"
	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/playground/kubectl"
)

// Complete offers what could stand at a cursor: the byte offset at which the word to replace begins, and the words,
// sorted.
func (s *Session) Complete(line string, cursor int) (from int, items []kubectl.Completion) {
	place, ok := shell.At(line, cursor, s.vars)
	if !ok {
		return cursor, nil
	}
	switch {
	case place.File:
		return place.From, matching(place.Word, slices.Sorted(maps.Keys(s.files)))
	case len(place.Args) == 0:
		return place.From, matching(place.Word, programs())
	case place.Args[0] == "fault":
		return place.From, s.completeFault(place.Args, place.Word)
	case place.Args[0] == "kubectl" || place.Args[0] == "k" || place.Args[0] == "why":
		return place.From, kubectl.Complete(s.env(nil), append(slices.Clone(place.Args), place.Word))
	}
	return place.From, matching(place.Word, slices.Sorted(maps.Keys(s.files)))
}

// programs are the names of all commands, sorted.
func programs() []string {
	names := slices.Concat(slices.Sorted(maps.Keys(tools)), filter.Names(), shell.Builtins(), timeCommands,
		[]string{"compare", "curl", "help", "kubectl", "nslookup", "traffic", "watch", "wget", "why", "xargs"})
	slices.Sort(names)
	return names
}

func matching(prefix string, words []string) []kubectl.Completion {
	var out []kubectl.Completion
	for _, w := range words {
		if strings.HasPrefix(w, prefix) {
			out = append(out, kubectl.Completion{Text: w})
		}
	}
	return out
}
