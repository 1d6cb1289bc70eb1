//go:build !linux

package main

import "github.com/slipway-dev/slipway/isolate"

func callersSize() isolate.TerminalSize { return isolate.TerminalSize{} }

// sit has no terminal to sit at: where there are no containers, none is given.
func sit(*isolate.Cmd) func() { return func() {} }
