// Package version says which versions there are, for programs that print them without linking what they are of.
package version

const (
	// Engine names the rules by which worlds move, see package orchestrate.
	Engine = "0.1.0"
	// Kubernetes is the version whose behaviour is modelled.
	Kubernetes = "v1.37.2"
)
