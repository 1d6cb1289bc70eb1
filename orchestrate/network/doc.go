// Package network is how a request finds its way: a name, a Service, the table of a node, a pod that answers, or
// does not.
//
//	client ──name──> DNS ──address──> the client's node: its table ──endpoint──> pod's node ──> container
//	          │                           │                                │
//	     Services as they were       EndpointSlices as they were      who listens on that
//	     a moment ago                up to a second ago               port at this moment
//
// Three things of it are control loops or work for one: [Allocate] gives Services their addresses while they are
// admitted, [EndpointSlices] keeps the list of endpoints behind each Service, and [Traffic] counts what becomes of
// the requests of a steady stream.
//
// A request itself is no event and no object. It is a pure function of the world's history: [World.Walk] takes it hop by
// hop and asks, for each hop, how the world was at that moment. Where a moment lies ahead the walk says from when on it
// can go on. So a node's table needs no storage (it is the EndpointSlices as of the node's last sync), a million
// requests cost no write, and any of them can be walked again to tell why it was lost. Chance (which endpoint, which
// packet is lost, how long a hop takes) comes from a stream with the request's own name.
//
// What is deliberately missing is listed in docs/differences.md.
package network
