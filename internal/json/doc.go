// Package json reads and writes JSON as encoding/json does, in a tenth of its weight.
//
//	any value --Write---> one line, many lines, or YAML
//	struct    --Object--> what a tree has for it, without a tree
//	bytes     --Read----> Value, which knows where it began
//
// A first look: [Marshal] gives the bytes encoding/json would give, key for key. [Read] gives a tree whose errors have
// encoding/json's texts, which kubectl prints.
//
// Structs are read by the addresses of their fields, and what several objects share is written once and copied: a thousand pods as
// YAML take an eighth of the time that way.
//
// The engine is everybody's first visit, and encoding/json would be a twentieth of it: caches, options and decoding into
// anything, of which the engine needs little. What reads objects into Go types is orchestrate/schema.
//
// Deliberately missing: the options string and inline of struct tags, keys that are not texts, arrays.
package json
