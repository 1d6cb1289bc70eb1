package api

// Probe asks a container again and again how it is.
type Probe struct {
	ProbeHandler
	// InitialDelaySeconds is how long to wait after the start.
	InitialDelaySeconds int32 `json:"initialDelaySeconds,omitempty"`
	// TimeoutSeconds is how long an answer may take; 1 by default.
	TimeoutSeconds int32 `json:"timeoutSeconds,omitempty"`
	// PeriodSeconds is how often to ask; 10 by default.
	PeriodSeconds int32 `json:"periodSeconds,omitempty"`
	// SuccessThreshold is how many successes in a row count as success; 1 by default.
	SuccessThreshold int32 `json:"successThreshold,omitempty"`
	// FailureThreshold is how many failures in a row count as failure; 3 by default.
	FailureThreshold int32 `json:"failureThreshold,omitempty"`
	// TerminationGracePeriodSeconds replaces the pod's when this probe ends the container.
	TerminationGracePeriodSeconds *int64 `json:"terminationGracePeriodSeconds,omitempty"`
}

// ProbeHandler is how a probe asks; exactly one field is set.
type ProbeHandler struct {
	// Exec runs a command in the container; 0 is success.
	Exec *ExecAction `json:"exec,omitempty"`
	// HTTPGet asks over HTTP; 200 to 399 is success.
	HTTPGet *HTTPGetAction `json:"httpGet,omitempty"`
	// TCPSocket opens a connection.
	TCPSocket *TCPSocketAction `json:"tcpSocket,omitempty"`
	// GRPC asks the gRPC health service.
	GRPC *GRPCAction `json:"grpc,omitempty"`
}

// Lifecycle are actions after the start and before the end of a container.
type Lifecycle struct {
	// PostStart runs right after the start; if it fails, the container is killed.
	PostStart *LifecycleHandler `json:"postStart,omitempty"`
	// PreStop runs before the container is asked to end; the grace period counts meanwhile.
	PreStop *LifecycleHandler `json:"preStop,omitempty"`
	// StopSignal asks the container to end; the image's or SIGTERM by default.
	StopSignal *string `json:"stopSignal,omitempty" upstream:"v1.Signal"`
}

// LifecycleHandler is an action; exactly one field is set.
type LifecycleHandler struct {
	// Exec runs a command in the container.
	Exec *ExecAction `json:"exec,omitempty"`
	// HTTPGet asks over HTTP.
	HTTPGet *HTTPGetAction `json:"httpGet,omitempty"`
	// TCPSocket is kept so that old manifests are accepted; it fails when it runs.
	TCPSocket *TCPSocketAction `json:"tcpSocket,omitempty"`
	// Sleep does nothing for a while.
	Sleep *SleepAction `json:"sleep,omitempty"`
}

// ExecAction runs a command in a container, without a shell.
type ExecAction struct {
	// Command and its arguments.
	Command []string `json:"command,omitempty"`
}

// HTTPGetAction asks over HTTP.
type HTTPGetAction struct {
	// Path of the URL; / by default.
	Path string `json:"path,omitempty"`
	// Port by number or name.
	Port IntOrString `json:"port"`
	// Host to ask; the pod's address by default.
	Host string `json:"host,omitempty"`
	// Scheme is HTTP or HTTPS.
	Scheme URIScheme `json:"scheme,omitempty"`
	// HTTPHeaders to send.
	HTTPHeaders []HTTPHeader `json:"httpHeaders,omitempty"`
	// Protocol is the version of HTTP to speak.
	Protocol *string `json:"protocol,omitempty" upstream:"v1.HTTPProtocol"`
}

// URIScheme is how an HTTP action connects.
type URIScheme string

// The schemes.
const (
	SchemeHTTP  URIScheme = "HTTP"
	SchemeHTTPS URIScheme = "HTTPS"
)

// HTTPHeader is a header of a request.
type HTTPHeader struct {
	// Name of the header.
	Name string `json:"name"`
	// Value of the header.
	Value string `json:"value"`
}

// TCPSocketAction opens a connection.
type TCPSocketAction struct {
	// Port by number or name.
	Port IntOrString `json:"port"`
	// Host to connect to; the pod's address by default.
	Host string `json:"host,omitempty"`
}

// GRPCAction asks the gRPC health service.
type GRPCAction struct {
	// Port number.
	Port int32 `json:"port"`
	// Service to ask about.
	Service *string `json:"service"`
	// Mode is how the connection is made.
	Mode *string `json:"mode,omitempty" upstream:"v1.GRPCProbeMode"`
}

// SleepAction does nothing for a while.
type SleepAction struct {
	// Seconds to sleep.
	Seconds int64 `json:"seconds"`
}
