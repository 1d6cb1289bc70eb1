package orchestrate

import (
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/network"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// Verb is what a line of the trace did. See [store.Verb].
type Verb = store.Verb

// The verbs of requests and of the trace.
const (
	VerbInput  = store.VerbInput
	VerbCreate = store.VerbCreate
	VerbUpdate = store.VerbUpdate
	VerbDelete = store.VerbDelete
)

// Change is one write as a watcher sees it. See [store.Change].
type Change = store.Change

// EndpointsOf is a Service in the older form. See [network.EndpointsOf].
func EndpointsOf(s *api.Service, sn store.Snapshot) *api.Endpoints { return network.EndpointsOf(s, sn) }
