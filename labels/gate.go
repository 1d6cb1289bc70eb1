package labels

import (
	"runtime"
	"sync/atomic"
)

// gate lets many readers in, or one writer. It is a lock made of one atomic word, because this package is one of those
// that may not import sync, and because what it guards takes microseconds: nobody holds it while a caller's code runs.
// Who waits spins for a moment, then lets others run. A waiting writer keeps new readers out.
type gate struct {
	state atomic.Int64 // readers inside; less by `writing` while a writer waits or works
}

const writing = 1 << 62

func (g *gate) enter() {
	for tries := 0; ; tries++ {
		if n := g.state.Load(); n >= 0 && g.state.CompareAndSwap(n, n+1) {
			return
		}
		pause(tries)
	}
}

func (g *gate) leave() { g.state.Add(-1) }

func (g *gate) lock() {
	for tries := 0; ; tries++ {
		if n := g.state.Load(); n >= 0 && g.state.CompareAndSwap(n, n-writing) {
			break
		}
		pause(tries)
	}
	for tries := 0; g.state.Load() != -writing; tries++ { // readers inside finish first
		pause(tries)
	}
}

func (g *gate) unlock() { g.state.Add(writing) }

// pause gives the processor away after some tries: whom the waiter waits for may need it.
func pause(tries int) {
	if tries > 100 {
		runtime.Gosched()
	}
}
