package network

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// Place is where a request starts: a pod, a node, or (the zero value) the machine of the terminal, outside the cluster.
type Place struct {
	// Namespace and Pod name a pod.
	Namespace, Pod string
	// Node names a machine of the cluster.
	Node string
}

// Request is one GET over HTTP.
type Request struct {
	// Name is the name of its stream of chance: requests of the same name at the same time fare the same.
	Name string
	// At is when it starts: virtual time since the epoch.
	At time.Duration
	// From is who asks.
	From Place
	// Host, Port and Path are what is asked for, as in http://HOST:PORT/PATH.
	Host string
	Port int32
	Path string
	// Connect and Max are how long the client waits for a connection and for all of it; 0 means as long as its kernel
	// does for the first, and for ever for the second.
	Connect, Max time.Duration
}

// Result is how a request ended.
type Result uint8

// The ways a request can end. Answered is the only good one, whatever the status of the answer.
const (
	Answered    Result = iota // an HTTP answer came back
	NotResolved               // no such name
	Refused                   // nothing listens there, or the Service has no endpoint
	NoRoute                   // the address is nobody's any more
	ConnectLost               // no connection within the time the client waits for one
	TimedOut                  // connected, or not, but not over within the time the client gives it
	Emptied                   // the server ended before it answered
	NotHTTP                   // what listens does not speak HTTP
	ClientGone                // the client's own container does not run
	numResults
)

var resultNames = [numResults]string{
	"answered", "name not found", "refused", "no route", "no connection", "timed out", "no answer", "not http", "client gone",
}

// String is the result in a word or two.
func (r Result) String() string { return resultNames[min(r, numResults-1)] }

// NumResults is how many Results there are.
const NumResults = int(numResults)

// Outcome is what became of a request, as far as it is known.
type Outcome struct {
	// Done tells that it is over. If not, its way can be followed further from Wait on.
	Done bool
	Wait time.Duration
	// Result is how it ended, and Ended when.
	Result Result
	Ended  time.Duration
	// Resolved and Connected are when the address was known and the connection stood; 0 if it did not come to that.
	Resolved, Connected time.Duration
	// Status and Body are what came back.
	Status int
	Body   string
	// Address is the address that was connected to. Namespace and Service are the Service it belongs to, if any, and
	// Endpoint the pod that got the request, if any did; Node is where that is.
	Address            string
	Namespace, Service string
	Endpoint           string
	Node               string
	// Hops are its stations, if they were asked for.
	Hops []Hop
}

// OK tells that the client got what it wanted: an answer that is not an error of the server.
func (o *Outcome) OK() bool { return o.Result == Answered && o.Status < 500 }

// Hop is one station of a request.
type Hop struct {
	// At is when.
	At time.Duration
	// Where is the machine or pod, and What happened there, in words.
	Where, What string
}

// Path is how the way between two machines is at a moment.
type Path struct {
	// Cut tells that nothing gets through.
	Cut bool
	// Slow is added to each way, and Loss is how many of a thousand packets are lost.
	Slow time.Duration
	Loss int
}

// Weather is what is wrong with machines and the network between them, at any moment of the past. A machine outside the
// cluster has the name "". A nil Weather is always fair.
type Weather interface {
	// Path is how the way from one node to another is.
	Path(at time.Duration, from, to string) Path
	// Down tells that a node does not run.
	Down(at time.Duration, node string) bool
	// Deaf tells that a node hears nothing of the control plane, and since when.
	Deaf(at time.Duration, node string) (since time.Duration, deaf bool)
}

// protocolTCP is what HTTP travels over.
const protocolTCP = api.ProtocolTCP
