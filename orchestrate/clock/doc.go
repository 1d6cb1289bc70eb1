// Package clock is time and chance inside a world: a queue of things to come, ordered by virtual
// time, and streams of random numbers forked by name from one seed.
//
//	Push(event at 5 s) ─┐
//	Push(event at 2 s) ─┼─> Queue ── Pop ──> the earliest; among equals, the first pushed
//	Push(event at 2 s) ─┘
//
//	Line(event of owner 3) ──> its line, if it is due after those that stand there; else Push
//
// Nothing here asks the machine for the time: a world moves when its engine pops the next event, so
// an hour costs as much as what happens in it. Virtual time is a [time.Duration] since the epoch of
// the world. Both queue and streams are plain values: a checkpoint is a copy.
package clock
