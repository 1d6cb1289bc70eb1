// Package yaml reads one YAML document into a tree that knows where everything stands.
//
//	bytes --decode--> text --scanner--> tokens --parser--> Node tree
//
// A first look: [Parse] gives the root [Node], or an [Error] whose text is the one kubectl prints and
// whose line and column are those of the mistake.
//
// The grammar is that of YAML 1.1 as manifests have always been read, which is what kubectl's own reader
// takes: what it accepts is accepted, what it refuses is refused with its words. A tag is kept, never
// acted upon; what a plain word stands for is for the caller to say.
//
// It exists because of its weight, see docs/decisions/003-own-yaml-reader.md: it needs neither reflection
// nor regular expressions, and the first visit of everybody pays for what it needs.
package yaml
