// Package container carries out plans of package isolate in the model kernel: the same steps, in the same order, by the same actors, as
// [isolate.Start] does on Linux.
//
//	Spec ──isolate.Build──> Plan ──container.Run──> system calls of model.Process
//	                          └────isolate.Start──> system calls of Linux
//
// What is explained is what runs, here as there. Each step can be looked at when it is made, with what came of it. The program [Slipway] is the
// command of that name for a machine of the model: run, explain.
//
// Calls a plan may hold and the model kernel does not know (terminals, an init of its own, joining a container) fail with ENOSYS at their step.
package container
