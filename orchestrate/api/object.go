package api

// Object is what a world stores: one of the types in this package, always as a pointer.
//
// A stored object is frozen. Whoever wants another version takes [Object.Clone], changes the fields
// of the copy, and replaces (never edits in place) any map, slice or pointer below it.
type Object interface {
	// Kind tells which of the kinds this is; it never changes.
	Kind() Kind
	// Meta is the object's metadata; it is never nil and belongs to the object.
	Meta() *ObjectMeta
	// Clone copies the top of the object and shares everything below it: maps, slices, pointers.
	Clone() Object
}
