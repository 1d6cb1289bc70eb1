package api

// Sandbox is what a node's runtime really holds of one pod. It is not a Kubernetes kind and no client
// sees it: it stands for the processes themselves, while the pod's status is the kubelet's report of
// them. There is one for each pod on a node.
type Sandbox struct {
	// ObjectMeta has the namespace of the pod, its UID as the name, and the pod as the owner.
	ObjectMeta `json:"metadata"`
	// Node is the node that holds it.
	Node string
	// PodUID tells the pod apart from an earlier one with the same name.
	PodUID UID
	// IP is the address of the pod; empty before the network is there.
	IP string
	// IPIndex is the place of IP in the node's range, so that it can be given back.
	IPIndex int32
	// Dead tells that the machine went down under it: nothing of it runs any more, and it has lost its address.
	Dead bool
	// Containers are the runs, init containers first, in the order of the pod's spec.
	Containers []ContainerRun
}

// ContainerRun is the present run of one container, and how the one before it ended. A world keeps five versions of it for each
// pod, or more: the fields are in an order that wastes no room.
type ContainerRun struct {
	// Name of the container; Image is what it was started from.
	Name, Image, ImageID, ContainerID string
	// Init tells that it is an init container.
	Init bool
	// State is how far the run has come.
	State RunState
	// Started tells that its startup probe has succeeded, and Ready that its readiness probe says yes. Without the
	// probe it is so from the start.
	Started, Ready bool
	// Stopping tells that it is being stopped: TermAt is when SIGTERM reaches it, in nanoseconds since the epoch, after its
	// preStop hook.
	Stopping bool
	TermAt   int64
	// Since is the virtual time, in nanoseconds since the epoch, at which State began.
	Since int64
	// Until is the virtual time, in nanoseconds since the epoch, at which State ends by itself
	// (the pull is over, the program exits); 0 if it does not.
	Until int64
	// StartedAt and FinishedAt are when the program began and ended; zero if it did not.
	StartedAt, FinishedAt Time
	// ExitCode is what the program ended with, once State is RunExited.
	ExitCode int32
	// Restarts counts how often the container was started again.
	Restarts int32
	// Reason and Message say why the state is what it is.
	Reason, Message string
	// PullNanos and PullBytes are what the pull took, in nanoseconds and bytes, and PullTotal the same with the pulls it had to
	// wait for; 0 if the image was there.
	PullNanos, PullTotal, PullBytes int64
	// PullFailures counts the pulls that failed in a row, and BackOffs the quick ends of the program in a row.
	PullFailures, BackOffs int32
	// Complaints counts the failed probes of this run that were worth an event.
	Complaints int32
	// Runs is how many nanoseconds the program runs once it is started; negative if it does not end by itself. EndReason is why
	// it then ends, if it is not simply over: OOMKilled.
	Runs      int64
	EndReason string
	// Env are its variables as they were found at the start; nil if all of them stand in the pod's spec.
	Env []EnvVar
	// Startup, Readiness and Liveness are how its probes stand.
	Startup, Readiness, Liveness ProbeRun
	// Files are what people changed in it, in order of time.
	Files []FileChange
	// Last is how the run before this one ended; nil if this is the first.
	Last *ContainerTermination
}

// ProbeRun is how a probe of a run stands.
type ProbeRun struct {
	// Next is when it asks next, in nanoseconds since the epoch; 0 before the first time.
	Next int64
	// Successes and Failures count equal results in a row.
	Successes, Failures int32
}

// FileChange is a change somebody made in a container.
type FileChange struct {
	// At is when, in nanoseconds since the epoch.
	At int64
	// Name is the path, Text the content; Gone tells that the file was removed.
	Name, Text string
	Gone       bool
}

// ContainerTermination is how a run ended.
type ContainerTermination struct {
	// ExitCode of the program; 128 and more tell the signal that ended it.
	ExitCode int32
	// Reason is Completed, Error, OOMKilled and so on.
	Reason string
	// Message is what the program left in its termination message.
	Message string
	// StartedAt and FinishedAt are when the program began and ended.
	StartedAt, FinishedAt Time
	// ContainerID is the id the runtime gave that run.
	ContainerID string
}

// RunState is how far a container run has come.
type RunState uint8

// The states of a run, in the order in which they come.
const (
	RunWaiting RunState = iota
	RunPulling
	RunPullFailed
	RunPulled
	RunCreated
	RunRunning
	RunExited
)

var runStates = [...]string{"Waiting", "Pulling", "PullFailed", "Pulled", "Created", "Running", "Exited"}

// String is the state as one word.
func (s RunState) String() string {
	if int(s) < len(runStates) {
		return runStates[s]
	}
	return "Unknown"
}

// Kind is KindSandbox.
func (*Sandbox) Kind() Kind { return KindSandbox }

// Clone copies the top and shares what is below it.
func (s *Sandbox) Clone() Object { c := *s; return &c }

// Copy is Clone with containers of its own. Of a single one, as most pods have, it lies beside the sandbox: who reads one reads the other.
// It is called in many places and must not be copied into each: that would be eight kilobytes of the engine.
//
//go:noinline
func (s *Sandbox) Copy() *Sandbox {
	if len(s.Containers) != 1 {
		c := *s
		c.Containers = append([]ContainerRun(nil), s.Containers...)
		return &c
	}
	c := &struct {
		box Sandbox
		one [1]ContainerRun
	}{*s, [1]ContainerRun{s.Containers[0]}}
	c.box.Containers = c.one[:]
	return &c.box
}
