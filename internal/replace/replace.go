// Package replace replaces several texts at once.
//
//	All(`a\tb`, `\t`, "\t", `\\`, `\`) --> "a	b"
//
// A first look: [All] is strings.NewReplacer and its Replace in one. Of what strings keeps for that the engine, which everybody's first visit
// loads, would get four kinds of replacers and a tree; the texts here are short.
package replace

import "strings"

// All replaces in s, from the left and at each place once, the first of the old texts that stands there. The old texts, none of them empty,
// and the new take turns in pairs.
func All(s string, pairs ...string) string {
	out := make([]byte, 0, len(s))
next:
	for s != "" {
		for i := 0; i < len(pairs); i += 2 {
			if strings.HasPrefix(s, pairs[i]) {
				out, s = append(out, pairs[i+1]...), s[len(pairs[i]):]
				continue next
			}
		}
		out, s = append(out, s[0]), s[1:]
	}
	return string(out)
}
