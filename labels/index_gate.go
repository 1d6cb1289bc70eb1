package labels

import "sync/atomic"

// gate lets many readers in, or one writer. It is a lock made of one atomic word, because this package is one of those
// that may not import sync, and because what it guards takes microseconds: nobody holds it while a caller's code runs.
// Who waits spins; the Go scheduler takes the processor away from a spinner when others need it. A waiting writer
// keeps new readers out.
type gate struct {
	state atomic.Int64 // readers inside; less by `writing` while a writer waits or works
}

const writing = 1 << 62

func (g *gate) enter() {
	for {
		if n := g.state.Load(); n >= 0 && g.state.CompareAndSwap(n, n+1) {
			return
		}
	}
}

func (g *gate) leave() { g.state.Add(-1) }

func (g *gate) lock() {
	for {
		if n := g.state.Load(); n >= 0 && g.state.CompareAndSwap(n, n-writing) {
			break
		}
	}
	for g.state.Load() != -writing { // readers inside finish first
	}
}

func (g *gate) unlock() { g.state.Add(writing) }
