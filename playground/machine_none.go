//go:build engine && !machine

package playground

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
)

// The engine for lessons about a cluster is built without the model of a machine, which weighs 300 KB. A scenario on a machine is refused.

const hasMachine = false

type machine struct{}

var machineKinds [0]string

func newMachine() *machine { return nil }

func machineOptions(seed uint64) orchestrate.Options { return orchestrate.Options{Seed: seed} }

func (*machine) idle() bool                           { return true }
func (*machine) inside() bool                         { return false }
func (*machine) prompt() string                       { return "" }
func (*machine) due() (time.Duration, bool)           { return 0, false }
func (*machine) complete(string, int) (int, []string) { return 0, nil }

// Close gives up what the session holds outside itself.
func (s *Session) Close() {}

func (s *Session) enterMachine(Input)                   {}
func (s *Session) advanceMachine(time.Duration, uint64) {}
func (s *Session) tickMachine(time.Duration)            {}
func (s *Session) stepMachine()                         {}
func (s *Session) settleMachine(time.Duration)          {}
func (s *Session) glance()                              {}
func (s *Session) printsWhatItShould(Goal) bool         { return false }
func (s *Session) worldHash() string                    { return s.cluster.Fingerprint() }
func (*machine) picture() string                        { return "" }
func (*savedLog) stillMachine(*Session) error           { return nil }
func (p *painter) drawMachine() bool                    { return false }
