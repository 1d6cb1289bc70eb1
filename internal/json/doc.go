// Package json reads and writes JSON as encoding/json does, in a tenth of its weight.
//
//	any value --Marshal--> one line --Indent--> many lines
//	bytes     --Read-----> Value, which knows where it began
//
// A first look: [Marshal] gives the bytes encoding/json would give, key for key. [Read] gives a tree whose errors have
// encoding/json's texts, which kubectl prints.
//
// The engine is everybody's first visit, and encoding/json would be a twentieth of it: caches, options and decoding into
// anything, of which the engine needs little. What reads objects into Go types is orchestrate/schema.
//
// Deliberately missing: the options string and inline of struct tags, keys that are not texts, arrays.
package json
