// Package playground is a learner's session: one world, one shell, and the history of what was typed.
//
//	scenario + seed ─┐
//	typed lines ─────┼─> Session ─> output, goals reached, and what changed in the picture
//	passing of time ─┘      │
//	                        └─ the log of inputs: undo, redo, time travel, forks, a saved file are all "replay this log"
//
// A session holds no clock of its own: whoever owns it lets virtual time pass. The same scenario and the same
// log always give the same world.
package playground
