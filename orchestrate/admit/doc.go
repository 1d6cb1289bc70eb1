// Package admit is what every write goes through before it is stored.
//
//	object ──> fill in defaults ──> change (priority, tolerations) ──> check the namespace ──> validate ──> stored
//
// It is pure: the same request always gives the same object or the same error. What it has to know of the world
// it is handed. Each step stands for an admission plugin that a real API server has on by default.
package admit
