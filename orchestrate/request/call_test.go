package request_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/request"
)

func ExampleServer_Serve() {
	s := request.New(orchestrate.New(orchestrate.Options{}))
	a := s.Serve(request.Call{Method: "GET", Path: "/api/v1/namespaces/default/pods/nope"})
	fmt.Println(a.Code, string(a.Body))
	// Output:
	// 404 {"apiVersion":"v1","code":404,"details":{"kind":"pods","name":"nope"},"kind":"Status","message":"pods \"nope\" not found","metadata":{},"reason":"NotFound","status":"Failure"}
}

// rest is a client that speaks REST to a world.
type rest struct {
	t *testing.T
	s *request.Server
	c *orchestrate.Cluster
}

// call gives the HTTP status and the answer; contentType is "" for JSON.
func (r *rest) call(method, path, contentType, body string) (int, map[string]any) {
	r.t.Helper()
	path, query, _ := strings.Cut(path, "?")
	a := r.s.Serve(request.Call{Method: method, Path: path, Query: query, ContentType: contentType, Body: []byte(body)})
	var tree map[string]any
	require.NoError(r.t, json.Unmarshal(a.Body, &tree))
	return a.Code, tree
}

func newRest(t *testing.T) *rest {
	s, c := server(t)
	return &rest{t, s, c}
}

const (
	maps   = "/api/v1/namespaces/default/configmaps"
	smp    = string(request.StrategicPatch)
	merge  = string(request.MergePatch)
	jsonp  = string(request.JSONPatch)
	deploy = `{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":2,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"nginx"}]}}}}`
)

func configMap(name, data string) string {
	return `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"` + name + `"},"data":` + data + `}`
}

// The messages are those of a real API server.
func TestServeAnswers(t *testing.T) {
	r := newRest(t)
	r.call("POST", maps, "", configMap("c", `{"x":"1"}`))
	for _, test := range []struct {
		method, path, contentType, body string
		code                            int
		reason, message                 string
	}{
		{"POST", maps, "", configMap("c", `{}`), 409, "AlreadyExists", `configmaps "c" already exists`},
		{"POST", maps, "", configMap("Bad_Name", `{}`), 422, "Invalid", `metadata.name: Invalid value: "Bad_Name"`},
		{"POST", maps, "", `{"apiVersion":"v1","kind":"ConfigMap",`, 400, "BadRequest", "json parse error: unexpected end of JSON input ({\"apiVersion\":\"v1\",\"kind\":\"Con ...)"},
		{"POST", maps, "", `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"x"}}`, 400, "BadRequest", "converting (v1.Secret) to (core.ConfigMap): unknown conversion"},
		{"POST", maps + "?fieldValidation=Strict", "", `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"},"dat":{}}`, 400, "BadRequest", `strict decoding error: unknown field "dat"`},
		{"POST", maps + "?fieldValidation=Strict", "", `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"},"dat":{},"data":{"k":"1","k":"2"}}`, 400, "BadRequest", `strict decoding error: unknown field "dat", duplicate field "data.k"`},
		{"POST", maps + "?dryRun=Maybe", "", configMap("x", `{}`), 422, "Invalid", `dryRun: Unsupported value: ["Maybe"]`},
		{"PUT", maps + "/c", "", configMap("other", `{}`), 400, "BadRequest", "the name of the object (other) does not match the name on the URL (c)"},
		{"PUT", maps + "/c", "", `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","resourceVersion":"1"}}`, 409, "Conflict", "the object has been modified; please apply your changes to the latest version and try again"},
		{"PUT", maps + "/none", "", configMap("none", `{}`), 404, "NotFound", `configmaps "none" not found`},
		{"PATCH", maps + "/c", "text/plain", "x", 415, "UnsupportedMediaType", "415: Unsupported Media Type"},
		{"PATCH", maps + "/c", jsonp, `[{"op":"test","path":"/data/x","value":"7"}]`, 422, "Invalid", "the server rejected our request due to an error in our request"},
		{"PATCH", maps + "/c", merge, `{"metadata":{"resourceVersion":"1"}}`, 409, "Conflict", "the object has been modified"},
		{"PATCH", maps + "/c", merge, `{"metadata":{"name":"d"}}`, 400, "BadRequest", "the name of the object (d) does not match the name on the URL (c)"},
		{"PATCH", maps + "/c", merge, `{"data":{"x":1}}`, 400, "BadRequest", "cannot unmarshal number into Go struct field ConfigMap.data of type string"},
		{"DELETE", maps + "/c", "", `{"preconditions":{"uid":"u"}}`, 409, "Conflict", "the UID in the precondition (u) does not match the UID in record"},
		{"DELETE", maps + "/c", "", `{"propagationPolicy":"Sideways"}`, 422, "Invalid", `propagationPolicy: Unsupported value: "Sideways"`},
		{"GET", maps + "?resourceVersion=999999999", "", "", 504, "Timeout", "Timeout: Too large resource version: 999999999, current: "},
		{"GET", maps + "?limit=1&continue=garbage", "", "", 400, "BadRequest", `invalid character '\u0081' looking for beginning of value`},
		{"GET", maps + "?labelSelector=a%20in%20(", "", "", 400, "BadRequest", "unable to parse requirement"},
		{"GET", "/api/v1/namespaces/default/frobs", "", "", 404, "NotFound", "the server could not find the requested resource"},
		{"GET", "/nowhere", "", "", 404, "NotFound", "the server could not find the requested resource"},
		{"POST", maps + "/c", "", "{}", 405, "MethodNotAllowed", "the server does not allow this method on the requested resource"},
		{"GET", maps + "/c/scale", "", "", 404, "NotFound", "the server could not find the requested resource"},
	} {
		code, tree := r.call(test.method, test.path, test.contentType, test.body)
		name := test.method + " " + test.path + " " + test.body
		require.Equal(t, test.code, code, "%s: %v", name, tree)
		require.Equal(t, test.reason, tree["reason"], name)
		require.Contains(t, tree["message"], test.message, name)
	}
}

func TestServeRefusesTheUnknown(t *testing.T) {
	a := newRest(t).s.Serve(request.Call{Method: "GET", Path: maps, User: request.Anonymous})
	require.Equal(t, 401, a.Code)
	require.Contains(t, string(a.Body), `"reason":"Unauthorized"`)
}

func TestWritesAndPatches(t *testing.T) {
	r := newRest(t)
	code, tree := r.call("POST", maps, "", configMap("c", `{"x":"1"}`))
	require.Equal(t, 201, code, tree)
	version := func(tree map[string]any) any { return tree["metadata"].(map[string]any)["resourceVersion"] }
	for _, test := range []struct{ contentType, body, want string }{
		{merge, `{"data":{"y":"2"}}`, `map[x:1 y:2]`},
		{smp, `{"data":{"x":null}}`, `map[y:2]`},
		{jsonp, `[{"op":"add","path":"/data/z","value":"3"}]`, `map[y:2 z:3]`},
	} {
		code, tree = r.call("PATCH", maps+"/c", test.contentType, test.body)
		require.Equal(t, 200, code, tree)
		require.Equal(t, test.want, fmt.Sprint(tree["data"]))
	}
	_, same := r.call("PATCH", maps+"/c", merge, `{"data":{"z":"3"}}`)
	require.Equal(t, version(tree), version(same), "a patch that changes nothing writes nothing")
	_, dry := r.call("PATCH", maps+"/c?dryRun=All", merge, `{"data":{"z":"4"}}`)
	require.Equal(t, "map[y:2 z:4]", fmt.Sprint(dry["data"]))
	_, now := r.call("GET", maps+"/c", "", "")
	require.Equal(t, "map[y:2 z:3]", fmt.Sprint(now["data"]))
	code, gone := r.call("DELETE", maps+"/c", "", "")
	require.Equal(t, 200, code)
	require.Equal(t, "Success", gone["status"])
	code, named := r.call("POST", maps, "", `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"c-"}}`)
	require.Equal(t, 201, code, named)
	require.Regexp(t, "^c-[a-z0-9]{5}$", named["metadata"].(map[string]any)["name"])
}

// All parts of a list show one moment.
func TestPages(t *testing.T) {
	r := newRest(t)
	for i := range 5 {
		r.call("POST", maps, "", configMap(fmt.Sprint("c", i), `{}`))
	}
	var found []string
	path := maps + "?limit=2&fieldSelector=metadata.name%21%3Dkube-root-ca.crt"
	first := ""
	for next := ""; ; {
		code, tree := r.call("GET", path+"&continue="+next, "", "")
		require.Equal(t, 200, code, tree)
		for _, item := range tree["items"].([]any) {
			found = append(found, item.(map[string]any)["metadata"].(map[string]any)["name"].(string))
		}
		meta := tree["metadata"].(map[string]any)
		if first == "" {
			first = meta["resourceVersion"].(string)
			require.EqualValues(t, 3, meta["remainingItemCount"])
			r.call("POST", maps, "", configMap("c9", `{}`))
			r.call("DELETE", maps+"/c3", "", "")
		}
		require.Equal(t, first, meta["resourceVersion"])
		var more bool
		if next, more = meta["continue"].(string); !more {
			break
		}
	}
	require.Equal(t, []string{"c0", "c1", "c2", "c3", "c4"}, found)
	code, tree := r.call("DELETE", maps+"?fieldSelector=metadata.name%3Dc1", "", "")
	require.Equal(t, 200, code, tree)
	require.Len(t, tree["items"], 1)
	code, _ = r.call("GET", maps+"/c1", "", "")
	require.Equal(t, 404, code)
}

func TestSubresources(t *testing.T) {
	r := newRest(t)
	const deployments = "/apis/apps/v1/namespaces/default/deployments"
	code, tree := r.call("POST", deployments, "", deploy)
	require.Equal(t, 201, code, tree)
	code, tree = r.call("PATCH", deployments+"/web/scale", merge, `{"spec":{"replicas":3}}`)
	require.Equal(t, 200, code, tree)
	require.Equal(t, "Scale", tree["kind"])
	require.EqualValues(t, 3, tree["spec"].(map[string]any)["replicas"])
	require.Equal(t, "a=b", tree["status"].(map[string]any)["selector"])
	code, tree = r.call("PATCH", deployments+"/web/scale", merge, `{"spec":{"replicas":-1}}`)
	require.Equal(t, 422, code)
	require.Contains(t, tree["message"], "spec.replicas: Invalid value: -1: must be greater than or equal to 0")
	code, tree = r.call("PATCH", deployments+"/web/status", merge, `{"status":{"replicas":7},"spec":{"replicas":9}}`)
	require.Equal(t, 200, code, tree)
	require.EqualValues(t, 7, tree["status"].(map[string]any)["replicas"])
	require.EqualValues(t, 3, tree["spec"].(map[string]any)["replicas"], "the status is written and nothing else")

	const pods = "/api/v1/namespaces/default/pods"
	const manifest = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"schedulerName":"mine","containers":[{"name":"c","image":"nginx"}]}}`
	require.NoError(t, r.c.Advance(time.Second))
	code, tree = r.call("POST", pods, "", manifest)
	require.Equal(t, 201, code, tree)
	code, tree = r.call("POST", pods+"/p/binding", "", `{"target":{"kind":"Node","name":"node-1"}}`)
	require.Equal(t, 201, code, tree)
	code, tree = r.call("POST", pods+"/p/binding", "", `{"target":{"kind":"Node","name":"node-2"}}`)
	require.Equal(t, 409, code)
	require.Contains(t, tree["message"], `pod p is already assigned to node "node-1"`)
	code, tree = r.call("POST", pods+"/p/eviction", "", `{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"p"}}`)
	require.Equal(t, 201, code, tree)
	_, tree = r.call("GET", pods+"/p", "", "")
	require.NotEmpty(t, tree["metadata"].(map[string]any)["deletionTimestamp"])
}

func FuzzServe(f *testing.F) {
	f.Add("PATCH", maps+"/c", jsonp, `[{"op":"add","path":"/data","value":{"a":"b"}}]`)
	f.Add("POST", maps, "", configMap("c", `{}`))
	f.Add("GET", maps+"?limit=1&continue=e30", "", "")
	f.Fuzz(func(t *testing.T, method, path, contentType, body string) {
		s, _ := server(t)
		path, query, _ := strings.Cut(path, "?")
		a := s.Serve(request.Call{Method: method, Path: path, Query: query, ContentType: contentType, Body: []byte(body)})
		if a.Code < 200 || a.Code > 599 || !json.Valid(a.Body) {
			t.Fatalf("%d %s", a.Code, a.Body)
		}
	})
}
