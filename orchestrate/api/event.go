package api

// Event tells what happened to an object: not the state itself, but a remark on it.
//
// Source: Kubernetes API reference, "Event v1 core".
type Event struct {
	// Standard object's metadata.
	ObjectMeta `json:"metadata"`
	// InvolvedObject is the object the event is about.
	InvolvedObject ObjectReference `json:"involvedObject"`
	// Reason is one CamelCase word for why, for example FailedScheduling.
	Reason string `json:"reason,omitempty"`
	// Message is a sentence for people.
	Message string `json:"message,omitempty"`
	// Source is the component that reports it, in the older form.
	Source EventSource `json:"source,omitempty"`
	// FirstTimestamp is when it happened first.
	FirstTimestamp Time `json:"firstTimestamp"`
	// LastTimestamp is when it happened last.
	LastTimestamp Time `json:"lastTimestamp"`
	// Count is how often it happened.
	Count int32 `json:"count,omitempty"`
	// Type is Normal or Warning.
	Type string `json:"type,omitempty"`
	// EventTime is when it happened first, to the microsecond.
	EventTime MicroTime `json:"eventTime"`
	// Series says how it went on, if it happened more than once.
	Series *EventSeries `json:"series,omitempty"`
	// Action is what was done or failed, for example Binding.
	Action string `json:"action,omitempty"`
	// Related is a second object, for actions that need one.
	Related *ObjectReference `json:"related,omitempty"`
	// ReportingController is the component that reports it, for example default-scheduler.
	ReportingController string `json:"reportingComponent"`
	// ReportingInstance is which instance of the component, for example a node's name.
	ReportingInstance string `json:"reportingInstance"`
}

// EventSource is a component that reports events.
type EventSource struct {
	// Component is its name, for example kubelet.
	Component string `json:"component,omitempty"`
	// Host is the node it runs on.
	Host string `json:"host,omitempty"`
}

// EventSeries is how an event went on.
type EventSeries struct {
	// Count is how often it happened until LastObservedTime.
	Count int32 `json:"count,omitempty"`
	// LastObservedTime is when it happened last.
	LastObservedTime MicroTime `json:"lastObservedTime"`
}

// The types of events.
const (
	EventNormal  = "Normal"
	EventWarning = "Warning"
)

// Kind is KindEvent.
func (*Event) Kind() Kind { return KindEvent }

// Clone copies the top and shares what is below it.
func (e *Event) Clone() Object { c := *e; return &c }

// ObjectReference names any object of the world.
type ObjectReference struct {
	// Kind of the object.
	Kind string `json:"kind,omitempty"`
	// Namespace of the object; empty for kinds of the whole cluster.
	Namespace string `json:"namespace,omitempty"`
	// Name of the object.
	Name string `json:"name,omitempty"`
	// UID of the object.
	UID UID `json:"uid,omitempty"`
	// APIVersion of the object.
	APIVersion string `json:"apiVersion,omitempty"`
	// ResourceVersion is the version of the object that is meant.
	ResourceVersion string `json:"resourceVersion,omitempty"`
	// FieldPath is a part of the object, for example spec.containers{web}.
	FieldPath string `json:"fieldPath,omitempty"`
}

// LocalObjectReference names an object in the same namespace.
type LocalObjectReference struct {
	// Name of the object.
	Name string `json:"name,omitempty"`
}

// TypedLocalObjectReference names an object of some kind in the same namespace.
type TypedLocalObjectReference struct {
	// APIGroup of the object; null or empty for the core group.
	APIGroup *string `json:"apiGroup"`
	// Kind of the object.
	Kind string `json:"kind"`
	// Name of the object.
	Name string `json:"name"`
}
