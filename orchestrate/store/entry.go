package store

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// ID is an object's number: dense, from 1, and never used for another object.
type ID uint32

// Symbol is a word the store keeps once: the name of an actor, a reason.
type Symbol uint16

// Verb is what an entry of the log did.
type Verb uint8

// The verbs. An input changes no object; it is what a person asked for, so that what followed has a cause.
const (
	VerbInput Verb = iota
	VerbCreate
	VerbUpdate
	VerbDelete
)

var verbNames = [...]string{"input", "create", "update", "delete"}

// String is the verb in lower case.
func (v Verb) String() string { return verbNames[v] }

// Entry is one line of the log, without the object it wrote.
type Entry struct {
	// Time is when it was written: virtual time since the epoch.
	Time time.Duration
	// Cause is the entry that led to this one; 0 for an input, and for what was there at the start.
	Cause api.Revision
	// Object is what was written; 0 for an input.
	Object ID
	// Prev is the entry that wrote the object's previous version; 0 if there was none.
	Prev api.Revision
	// Actor is who wrote it and Reason why, as symbols (see [Store.Word]).
	Actor, Reason Symbol
	// Verb is what was done.
	Verb Verb
}

// Change is one write as a watcher sees it.
type Change struct {
	// Rev is the revision of the write.
	Rev api.Revision
	// ID is the object's number and Kind its kind.
	ID   ID
	Kind api.Kind
	// Verb is VerbCreate, VerbUpdate or VerbDelete.
	Verb Verb
	// Old is the version before (nil for a create) and New the version after (nil for a delete).
	Old, New api.Object
}

// Object is the newest version the change knows: New, or Old after a delete.
func (c Change) Object() api.Object {
	if c.New != nil {
		return c.New
	}
	return c.Old
}

// Write is a request to append one entry.
type Write struct {
	// Time, Cause, Actor, Reason and Verb go into the entry.
	Time          time.Duration
	Cause         api.Revision
	Actor, Reason Symbol
	Verb          Verb
	// ID names the object of an update or delete; a create gets a new one.
	ID ID
	// Object is the version to store. The store sets its ResourceVersion and from then on it is frozen.
	// For a delete it is the object's last words, or nil to keep the previous version's.
	Object api.Object
	// Near is the object for which this one is made, if the writer knows it: it saves looking for its owner. Another is no harm.
	Near ID
	// Unique promises that no object of this kind and name ever was, so that a create need not find out. Only for Events
	// it makes a difference.
	Unique bool
}
