// Package determinism finds Go code that could make two runs of the same world differ.
//
// A world is replayable only if nothing in it depends on the host: not on its clock, its scheduler of
// goroutines, the order in which it walks a map, or how its processor rounds. The compiler cannot say
// so; this package can, from the syntax and the types:
//
//	source --go/parser--> files --go/types--> info --Check--> []Finding (file, line, rule, what to do)
//
// Two comments answer it, both on the line above and both with a reason:
//
//	//order:irrelevant the sum does not depend on the order
//	for _, n := range counts { total += n }
//
//	//float:exact both are the number the user typed
//	if a == b {
//
// What it cannot see: an unstable order hidden behind an interface, a comparison that is not total, a
// pointer printed with %v. The trace hash, compared on three platforms, is the net below.
package determinism
