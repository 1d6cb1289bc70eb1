package request

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// Anonymous is the user of a call whose credentials nobody knows. It is refused.
const Anonymous = "system:anonymous"

// Call is a request as REST has it.
type Call struct {
	// Method is GET, POST, PUT, PATCH or DELETE.
	Method string
	// Path is that of the resource, without the query: /api/v1/namespaces/default/pods/web/status.
	Path string
	// Query is what stands behind the question mark, still escaped.
	Query string
	// ContentType is what Body is; "" means application/json.
	ContentType string
	// Accept is the header of this name: what the client would like to have. "" means plain objects.
	Accept string
	// User is who asks; "" means the server's own.
	User string
	// Body is what was sent.
	Body []byte
}

// Answer is what comes back: an object, a list, a Table or a Status as JSON, or a text.
type Answer struct {
	// Code is the HTTP status.
	Code int
	// Type is the content type of Body.
	Type string
	// Body is one line of JSON, unless Type is text/plain.
	Body []byte
	// Warning is what the person who asks should hear, a sentence a line; "" is nothing. Each travels in a header of its own.
	Warning string
}

// Serve answers a call the way a Kubernetes API server does, errors included. A watch, or a log that is followed, is answered with what
// there is of it now; [Server.Open] goes on with it.
func (s *Server) Serve(c Call) Answer {
	r, err := s.read(c)
	if err != nil {
		return failure(err)
	}
	if r == nil {
		return s.about(c)
	}
	if r.watches() {
		w, err := r.openWatch()
		if err != nil {
			return failure(err)
		}
		chunk, _ := w.next()
		return Answer{Code: 200, Type: jsonType, Body: chunk}
	}
	if r.place.res.Kind == api.KindPod && r.Method == "GET" && r.place.subresource == "log" {
		return r.logAnswer()
	}
	code, tree, err := r.serve()
	if err != nil {
		return failure(err)
	}
	a := answer(code, tree)
	a.Warning = strings.Join(r.warned, "\n")
	if r.place.res.Kind == api.KindEndpoints {
		a.Warning = EndpointsWarning
	}
	return a
}

// maxBody is how many bytes a client may send.
//
// Source: k8s.io/apiserver, server.Config, MaxRequestBodyBytes.
const maxBody = 3 << 20

// read takes a call apart. It gives nil if the path names no resource, but may be about the server itself.
func (s *Server) read(c Call) (*call, error) {
	if len(c.Body) > maxBody {
		return nil, tooLarge("limit is " + strconv.Itoa(maxBody))
	}
	if c.User == Anonymous {
		return nil, api.Failure(401, api.StatusUnauthorized, "Unauthorized", nil)
	}
	at, ok := parsePath(c.Path)
	if !ok {
		return nil, nil
	}
	query, err := parseQuery(c.Query)
	if err != nil {
		return nil, err
	}
	return &call{Call: c, place: at, query: query, server: s.As(s.who(c.User)), form: acceptForm(c.Accept)}, nil
}

// notServed says that there is nothing under a path.
func notServed() *api.StatusError {
	return api.Failure(404, api.StatusNotFound, "the server could not find the requested resource", &api.StatusDetails{})
}

// spot is what a path names.
type spot struct {
	res                          *schema.Resource
	namespace, name, subresource string
}

// parsePath reads /api/v1/... and /apis/GROUP/VERSION/...; false if nothing is served there.
func parsePath(path string) (spot, bool) {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	group := ""
	switch {
	case len(parts) > 2 && parts[0] == "api":
		parts = parts[1:]
	case len(parts) > 3 && parts[0] == "apis":
		group, parts = parts[1], parts[2:]
	default:
		return spot{}, false
	}
	version, parts := parts[0], parts[1:]
	var at spot
	// A namespace is a resource too: what follows its name decides.
	if parts[0] == "namespaces" && len(parts) > 2 && parts[2] != "status" && parts[2] != "finalize" {
		at.namespace, parts = parts[1], parts[2:]
	}
	for _, r := range schema.Resources() {
		if r.Group == group && r.Version == version && r.Plural == parts[0] {
			at.res = r
		}
	}
	if at.res == nil || len(parts) > 3 || at.namespace != "" && !at.res.Namespaced {
		return at, false
	}
	if len(parts) > 1 {
		at.name = parts[1]
	}
	if len(parts) > 2 {
		at.subresource = parts[2]
	}
	return at, at.namespace != "" || !at.res.Namespaced || at.name == ""
}

// call is one call being answered.
type call struct {
	Call
	place  spot
	query  map[string]string
	server *Server
	form   form
	warned []string // of fields that were left out
}

// serve does what is asked and gives the HTTP status and the tree of the answer.
func (r *call) serve() (int, map[string]any, error) {
	if r.place.subresource != "" {
		return r.serveSubresource()
	}
	switch {
	case r.Method == "GET" && r.place.name == "":
		return r.list()
	case r.Method == "GET":
		return r.get()
	case r.Method == "POST" && r.place.name == "":
		return r.create()
	case r.Method == "PUT" && r.place.name != "":
		return r.put("")
	case r.Method == "PATCH" && r.place.name != "":
		return r.patch("")
	case r.Method == "DELETE" && r.place.name == "":
		return r.deleteCollection()
	case r.Method == "DELETE":
		return r.delete()
	}
	return 0, nil, wrongMethod()
}

func wrongMethod() *api.StatusError {
	return api.Failure(405, api.StatusMethodNotAllowed, "the server does not allow this method on the requested resource", &api.StatusDetails{})
}

// get answers a GET of one object.
func (r *call) get() (int, map[string]any, error) {
	rev, err := r.revision()
	if err != nil {
		return 0, nil, err
	}
	if now := r.server.Revision(); rev > now {
		return 0, nil, api.TooLargeResourceVersion(rev, now)
	}
	return r.one(r.server.Get(r.place.res, r.place.namespace, r.place.name))
}

// one is the answer that holds an object.
func (r *call) one(o api.Object, err error) (int, map[string]any, error) {
	if err != nil {
		return 0, nil, err
	}
	tree, err := r.tree(o)
	return 200, tree, err
}

// tree is an object in the form the client wants.
func (r *call) tree(o api.Object) (map[string]any, error) {
	switch r.form {
	case asTable:
		if err := r.badTable(); err != nil {
			return nil, err
		}
		return r.table(map[string]any{"resourceVersion": o.Meta().ResourceVersion.String()}, []api.Object{o}), nil
	case asMetadata:
		return partial(o), nil
	}
	return schema.Tree(o), nil
}

func failure(err error) Answer {
	e, ok := err.(*api.StatusError)
	if !ok {
		e = api.InternalError(err)
	}
	return answer(int(e.Status.Code), StatusTree(&e.Status))
}

func answer(code int, tree map[string]any) Answer {
	b, err := schema.MarshalTree(tree)
	if err != nil {
		panic("orchestrate: bug: an answer cannot be written as JSON: " + err.Error())
	}
	return Answer{Code: code, Type: jsonType, Body: b}
}
