package api

import (
	"strconv"

	"github.com/slipway-dev/slipway/internal/fmt"
)

// Status is what a server answers when there is no object to answer with, mostly because of an error.
//
// Source: Kubernetes API reference, "Status v1 meta".
type Status struct {
	// Metadata of the answer.
	Metadata ListMeta `json:"metadata"`
	// Status is Success or Failure.
	Status string `json:"status,omitempty"`
	// Message is a sentence for people.
	Message string `json:"message,omitempty"`
	// Reason is one word for programs.
	Reason StatusReason `json:"reason,omitempty"`
	// Details say which object it is about.
	Details *StatusDetails `json:"details,omitempty"`
	// Code is the HTTP status.
	Code int32 `json:"code,omitempty"`
}

// StatusDetails say which object a Status is about.
type StatusDetails struct {
	// Name of the object.
	Name string `json:"name,omitempty"`
	// Group of the object.
	Group string `json:"group,omitempty"`
	// Kind of the object, or its resource.
	Kind string `json:"kind,omitempty"`
	// UID of the object.
	UID UID `json:"uid,omitempty"`
	// Causes are the single things that are wrong.
	Causes []StatusCause `json:"causes,omitempty"`
	// RetryAfterSeconds is when to try again.
	RetryAfterSeconds int32 `json:"retryAfterSeconds,omitempty"`
}

// StatusCause is one thing that is wrong.
type StatusCause struct {
	// Type is one word for programs.
	Type string `json:"reason,omitempty"`
	// Message is a sentence for people.
	Message string `json:"message,omitempty"`
	// Field is the path of the field.
	Field string `json:"field,omitempty"`
}

// ListMeta is the metadata of a list.
type ListMeta struct {
	// SelfLink is no longer filled.
	SelfLink string `json:"selfLink,omitempty"`
	// ResourceVersion is the revision at which the list was read.
	ResourceVersion string `json:"resourceVersion,omitempty"`
	// Continue is the token for the next part of the list.
	Continue string `json:"continue,omitempty"`
	// RemainingItemCount is how many are left.
	RemainingItemCount *int64 `json:"remainingItemCount,omitempty"`
}

// List is several objects of any kinds.
//
// Source: Kubernetes API reference, "List v1 core".
type List struct {
	// Metadata of the list.
	Metadata ListMeta
	// Items in the order in which the server gave them.
	Items []Object
}

// StatusReason is one word for why a request failed.
type StatusReason string

// The reasons, with the HTTP status each goes with.
const (
	StatusNotFound             StatusReason = "NotFound"             // 404
	StatusAlreadyExists        StatusReason = "AlreadyExists"        // 409
	StatusConflict             StatusReason = "Conflict"             // 409
	StatusGone                 StatusReason = "Gone"                 // 410
	StatusExpired              StatusReason = "Expired"              // 410
	StatusInvalid              StatusReason = "Invalid"              // 422
	StatusForbidden            StatusReason = "Forbidden"            // 403
	StatusUnauthorized         StatusReason = "Unauthorized"         // 401
	StatusBadRequest           StatusReason = "BadRequest"           // 400
	StatusMethodNotAllowed     StatusReason = "MethodNotAllowed"     // 405
	StatusUnsupportedMediaType StatusReason = "UnsupportedMediaType" // 415
	StatusTooManyRequests      StatusReason = "TooManyRequests"      // 429
	StatusInternalError        StatusReason = "InternalError"        // 500
	StatusTimeout              StatusReason = "Timeout"              // 504
)

// CauseNamespaceTerminating is the cause when something is created in a namespace that is going away.
const CauseNamespaceTerminating = "NamespaceTerminating"

// StatusError is an error a client is told about.
type StatusError struct {
	// Status is what the client gets.
	Status Status
	// Errs are the single field errors of [Invalid], in order.
	Errs []FieldError
}

// Error is the message of the status.
func (e *StatusError) Error() string { return e.Status.Message }

// Failure is a status error with all that it needs; kind and name may be empty.
func Failure(code int32, reason StatusReason, message string, details *StatusDetails) *StatusError {
	return &StatusError{Status: Status{Status: "Failure", Code: code, Reason: reason, Message: message, Details: details}}
}

// GroupResource is "pods", or "deployments.apps" outside the core group: what messages call a resource.
type GroupResource struct{ Group, Resource string }

func (g GroupResource) details(name string) *StatusDetails {
	return &StatusDetails{Name: name, Group: g.Group, Kind: g.Resource}
}

// splitGroup reads "deployments.apps" or "Deployment.apps".
func splitGroup(s string) GroupResource {
	for i := range len(s) {
		if s[i] == '.' {
			return GroupResource{Resource: s[:i], Group: s[i+1:]}
		}
	}
	return GroupResource{Resource: s}
}

// NotFound says that there is no such object: pods "web" not found.
// The resource is plural, with its group behind a point: "pods", "deployments.apps".
func NotFound(resource, name string) *StatusError {
	return Failure(404, StatusNotFound, fmt.Sprintf("%s %q not found", resource, name), splitGroup(resource).details(name))
}

// AlreadyExists says that the name is taken: pods "web" already exists.
func AlreadyExists(resource, name string) *StatusError {
	return Failure(409, StatusAlreadyExists, fmt.Sprintf("%s %q already exists", resource, name), splitGroup(resource).details(name))
}

// Conflict says that the object is not what the client thought it was.
func Conflict(resource, name, why string) *StatusError {
	return Failure(409, StatusConflict, fmt.Sprintf("Operation cannot be fulfilled on %s %q: %s", resource, name, why),
		splitGroup(resource).details(name))
}

// Modified is the [Conflict] of a client that writes an older version of the object.
func Modified(resource, name string) *StatusError {
	return Conflict(resource, name, "the object has been modified; please apply your changes to the latest version and try again")
}

// Forbidden says that the client may not do this: pods "web" is forbidden: why.
func Forbidden(resource, name, why string) *StatusError {
	gr := splitGroup(resource)
	text := "forbidden: " + why
	switch {
	case name != "":
		text = fmt.Sprintf("%s %q is %s", resource, name, text)
	case resource != "":
		text = resource + " is " + text
	}
	return Failure(403, StatusForbidden, text, gr.details(name))
}

// ForbiddenTerminating is [Forbidden] because the namespace is going away.
func ForbiddenTerminating(resource, name, namespace string) *StatusError {
	e := Forbidden(resource, name, fmt.Sprintf("unable to create new content in namespace %s because it is being terminated", namespace))
	e.Status.Details.Causes = []StatusCause{{
		Type: CauseNamespaceTerminating, Message: fmt.Sprintf("namespace %s is being terminated", namespace), Field: "metadata.namespace",
	}}
	return e
}

// Invalid says what is wrong with the fields of an object. The kind has its group behind a point:
// "Pod", "Deployment.apps".
func Invalid(groupKind, name string, errs []FieldError) *StatusError {
	d := splitGroup(groupKind).details(name)
	for _, e := range errs {
		d.Causes = append(d.Causes, StatusCause{Type: string(e.Type), Message: e.Body(), Field: e.Field})
	}
	text := fmt.Sprintf("%s %q is invalid", groupKind, name)
	if len(errs) > 0 {
		text += ": " + joinFieldErrors(errs)
	}
	f := Failure(422, StatusInvalid, text, d)
	f.Errs = errs
	return f
}

// BadRequest says that the request cannot be understood.
func BadRequest(why string) *StatusError { return Failure(400, StatusBadRequest, why, nil) }

// MethodNotAllowed says that this verb is not for this resource.
func MethodNotAllowed(resource, verb string) *StatusError {
	return Failure(405, StatusMethodNotAllowed, fmt.Sprintf("%s is not supported on resources of kind %q", verb, resource),
		splitGroup(resource).details(""))
}

// TooLargeResourceVersion says that the client asked for a revision that is not there yet.
func TooLargeResourceVersion(asked, current Revision) *StatusError {
	e := Failure(504, StatusTimeout, "Timeout: Too large resource version: "+asked.String()+", current: "+current.String(),
		&StatusDetails{RetryAfterSeconds: 1})
	e.Status.Details.Causes = []StatusCause{{Type: "ResourceVersionTooLarge", Message: "Too large resource version"}}
	return e
}

// Expired says that a revision is too old to be read.
func Expired(why string) *StatusError { return Failure(410, StatusExpired, why, nil) }

// TooManyRequests says that the client shall try again after some seconds.
func TooManyRequests(why string, retryAfterSeconds int32) *StatusError {
	return Failure(429, StatusTooManyRequests, why, &StatusDetails{RetryAfterSeconds: retryAfterSeconds})
}

// InternalError says that the server itself went wrong.
func InternalError(err error) *StatusError {
	e := Failure(500, StatusInternalError, "Internal error occurred: "+err.Error(), nil)
	e.Status.Details = &StatusDetails{Causes: []StatusCause{{Message: err.Error()}}}
	return e
}

// UnsupportedMediaType says that a body is of a type the server does not take, for example a patch.
func UnsupportedMediaType(why string) *StatusError {
	return Failure(415, StatusUnsupportedMediaType, why, nil)
}

// UIDMismatch is the [Conflict] of a client whose precondition names another object of the same name.
func UIDMismatch(resource, name string, want, have UID) *StatusError {
	return Conflict(resource, name, "Precondition failed: UID in precondition: "+string(want)+", UID in object meta: "+string(have))
}

// ResourceVersionMismatch is the [Conflict] of a client whose precondition names another version.
func ResourceVersionMismatch(resource, name string, want, have Revision) *StatusError {
	return Conflict(resource, name, "Precondition failed: ResourceVersion in precondition: "+strconv.FormatUint(uint64(want), 10)+
		", ResourceVersion in object meta: "+strconv.FormatUint(uint64(have), 10))
}
