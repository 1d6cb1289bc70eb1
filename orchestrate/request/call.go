package request

import (
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
	// User is who asks; "" means the server's own.
	User string
	// Body is what was sent.
	Body []byte
}

// Answer is what comes back: an object, a list or a Status as JSON.
type Answer struct {
	// Code is the HTTP status.
	Code int
	// Body is one line of JSON.
	Body []byte
}

// Serve answers a call the way a Kubernetes API server does, errors included.
func (s *Server) Serve(c Call) Answer {
	if c.User == Anonymous {
		return failure(api.Failure(401, api.StatusUnauthorized, "Unauthorized", nil))
	}
	at, ok := parsePath(c.Path)
	if !ok {
		return failure(notServed())
	}
	query, err := parseQuery(c.Query)
	if err != nil {
		return failure(err)
	}
	r := &call{Call: c, place: at, query: query, server: s.As(s.who(c.User))}
	code, tree, err := r.serve()
	if err != nil {
		return failure(err)
	}
	return answer(code, tree)
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

// parseQuery reads key=value&key=value.
func parseQuery(query string) (map[string]string, error) {
	out := map[string]string{}
	for query != "" {
		var pair string
		pair, query, _ = strings.Cut(query, "&")
		key, value, _ := strings.Cut(pair, "=")
		k, ok := unescape(key)
		v, fine := unescape(value)
		if !ok || !fine {
			return nil, api.BadRequest("invalid URL escape in the query")
		}
		if k != "" {
			out[k] = v
		}
	}
	return out, nil
}

// unescape undoes the escaping of a query.
func unescape(s string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '+':
			b.WriteByte(' ')
		case s[i] != '%':
			b.WriteByte(s[i])
		default:
			if i+2 >= len(s) {
				return "", false
			}
			high, low := hex(s[i+1]), hex(s[i+2])
			if high < 0 || low < 0 {
				return "", false
			}
			b.WriteByte(byte(high<<4 | low))
			i += 2
		}
	}
	return b.String(), true
}

func hex(c byte) int { return strings.IndexByte("0123456789abcdef", c|0x20) }

// call is one call being answered.
type call struct {
	Call
	place  spot
	query  map[string]string
	server *Server
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
		return r.one(r.server.Get(r.place.res, r.place.namespace, r.place.name))
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

// one is the answer that holds an object.
func (r *call) one(o api.Object, err error) (int, map[string]any, error) {
	if err != nil {
		return 0, nil, err
	}
	return 200, schema.Tree(o), nil
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
	return Answer{Code: code, Body: b}
}
