package labels

import (
	"runtime"
	"sync/atomic"
)

// gate lets many readers in, or one writer. It is a lock made of one atomic word, because this package also runs
// where sync is not allowed, and because what it guards takes microseconds: nobody holds it while a caller's code
// runs. A waiting writer keeps new readers out.
type gate struct {
	state atomic.Int64 // readers inside; less by `writing` while a writer waits or works
}

const writing = 1 << 62

func (g *gate) enter() {
	for {
		if n := g.state.Load(); n >= 0 && g.state.CompareAndSwap(n, n+1) {
			return
		}
		runtime.Gosched()
	}
}

func (g *gate) leave() { g.state.Add(-1) }

func (g *gate) lock() {
	for {
		if n := g.state.Load(); n >= 0 && g.state.CompareAndSwap(n, n-writing) {
			break
		}
		runtime.Gosched()
	}
	for g.state.Load() != -writing {
		runtime.Gosched()
	}
}

func (g *gate) unlock() { g.state.Add(writing) }
