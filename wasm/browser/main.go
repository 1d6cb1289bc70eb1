//go:build js && wasm

// Command browser is the engine for a page: it runs in a Web Worker and speaks the wire of docs/wire.md through one
// buffer. The page asks alloc for room, writes a message there, and calls step; answers come through emit before step
// returns.
package main

import (
	"runtime"
	"unsafe"

	"github.com/slipway-dev/slipway/playground"
)

// buffer is where the page writes its messages. It only grows.
var buffer []byte

var host *playground.Host

// send hands n bytes at p to the page, which copies them before it returns.
//
//go:wasmimport slipway emit
func send(p unsafe.Pointer, n int32)

func emit(message []byte) {
	if len(message) > 0 {
		send(unsafe.Pointer(unsafe.SliceData(message)), int32(len(message)))
	}
}

// alloc gives room for a message of n bytes.
//
//go:wasmexport alloc
func alloc(n int32) unsafe.Pointer {
	if int(n) > len(buffer) {
		buffer = make([]byte, n)
	}
	return unsafe.Pointer(unsafe.SliceData(buffer))
}

// step handles the message of n bytes in the buffer. Without one it collects garbage, which the page lets it do when nobody waits.
//
//go:wasmexport step
func step(n int32) {
	if host == nil {
		host = playground.NewHost(emit)
	}
	if n == 0 {
		runtime.GC()
		return
	}
	host.Handle(buffer[:n])
}

func main() {
	host = playground.NewHost(emit)
	select {} // stay, so that step can be called
}
