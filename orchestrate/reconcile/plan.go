package reconcile

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// Plan is what a loop wants done. It is data: it can be printed, compared, and left undone.
type Plan struct {
	// Ops are done in order. The first that fails its precondition ends the plan, and the key is looked at again.
	Ops []Op
	// After asks to look at the key again when this much virtual time has passed; 0 asks for nothing.
	After time.Duration
	// Actor replaces the loop's name in the trace.
	Actor string
	// Local adds the name of the node that the key is on, or is, to that name: where one loop acts for many, as the kubelets of
	// all nodes do.
	Local bool
	// Failed asks to look at the key again after a pause that grows each time in a row that it is asked for: 5 ms, 10 ms,
	// 20 ms and so on up to 1,000 s, as the work queues of client-go do.
	Failed bool

	events []Event // where the Events of Ops are
}

// Op is one write, one Event to record, or a write and the Event that tells of it.
type Op struct {
	// Verb is store.VerbCreate, VerbUpdate or VerbDelete; for an Event alone it is store.VerbInput, the zero value.
	Verb store.Verb
	// ID is the object of an update or delete.
	ID store.ID
	// Object is the version to write. Ownership passes to the store.
	Object api.Object
	// Expect is the precondition of an update or delete: the revision of the version that was decided upon.
	Expect api.Revision
	// Reason is one CamelCase word for the trace.
	Reason string
	// Batch groups ops: once a creation is refused, the rest of its batch is still tried, and what comes in later batches
	// is left out. Batches count up from 0.
	Batch uint8
	// Event is recorded once the write is done; it is left out if the write is refused.
	Event *Event
}

// Event is something worth telling people about an object. Equal events of one object are counted, not repeated.
type Event struct {
	// About is the object.
	About api.Object
	// Type is Normal or Warning; Reason one CamelCase word; Message a sentence for people.
	Type, Reason, Message string
	// Component is the reporting component, for example "kubelet", and Host the node it is on, if any.
	Component, Host string
	// FieldPath points into the object, for example spec.containers{web}; often empty.
	FieldPath string
}

// Reset empties the plan and keeps its memory.
func (p *Plan) Reset() {
	clear(p.Ops)
	clear(p.events)
	p.Ops, p.After, p.Actor, p.Local, p.Failed, p.events = p.Ops[:0], 0, "", false, false, p.events[:0]
}

// Create adds the creation of an object.
func (p *Plan) Create(o api.Object, reason string) {
	p.Ops = append(p.Ops, Op{Verb: store.VerbCreate, Object: o, Reason: reason})
}

// Update adds the replacement of an object by a changed clone of it. The clone still carries the revision of
// the version that was decided upon, which becomes the precondition.
func (p *Plan) Update(id store.ID, o api.Object, reason string) {
	p.Ops = append(p.Ops, Op{Verb: store.VerbUpdate, ID: id, Object: o, Expect: o.Meta().ResourceVersion, Reason: reason})
}

// Delete adds the removal of an object, at once and without grace.
func (p *Plan) Delete(id store.ID, o api.Object, reason string) {
	p.Ops = append(p.Ops, Op{Verb: store.VerbDelete, ID: id, Expect: o.Meta().ResourceVersion, Reason: reason})
}

// Record adds an Event.
func (p *Plan) Record(e Event) { p.Ops = append(p.Ops, Op{Event: p.keep(e)}) }

// keep is a place for an Event that lasts until the plan is reset.
func (p *Plan) keep(e Event) *Event {
	p.events = append(p.events, e)
	return &p.events[len(p.events)-1]
}

// Tell gives the last op an Event, which is recorded once that op is done. Without an op before it, it is [Plan.Record].
func (p *Plan) Tell(e Event) {
	if n := len(p.Ops); n > 0 && p.Ops[n-1].Event == nil {
		p.Ops[n-1].Event = p.keep(e)
		return
	}
	p.Record(e)
}

// Again asks to look at the key again after d, or sooner if something else already asked for less. A d of zero or
// less asks for the earliest moment after now.
func (p *Plan) Again(d time.Duration) {
	d = max(d, 1)
	if p.After == 0 || d < p.After {
		p.After = d
	}
}

// DeleteGracefully adds a request to delete, as a client would make it: a pod on a node is given its own grace period,
// and what has finalizers stays until they are gone. Nothing is added for an object that is being deleted already.
func (p *Plan) DeleteGracefully(id store.ID, o api.Object, now api.Time) { p.DeleteAs(id, o, "", now) }

// DeleteAs is DeleteGracefully with a say in what becomes of the objects that o owns. It tells whether anything was added.
func (p *Plan) DeleteAs(id store.ID, o api.Object, how api.DeletionPropagation, now api.Time) bool {
	next, remove := Deletion(o, nil, how, now)
	switch {
	case remove:
		p.Delete(id, o, "Removed")
	case next != nil:
		p.Update(id, next, "Deleting")
	default:
		return false
	}
	return true
}

// Refusal is a creation that admission refused, and why.
type Refusal struct {
	Op  Op
	Err error
}
