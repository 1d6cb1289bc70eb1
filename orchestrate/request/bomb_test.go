package request_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/orchestrate/request"
)

// many are n things with a comma between two.
func many(n int, thing func(i int) string) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(thing(i))
	}
	return b.String()
}

func same(thing string) func(int) string { return func(int) string { return thing } }

// What would take hours, or all memory, if the time grew with the square of what is sent, or if nobody counted.
func TestWhatIsSentIsBounded(t *testing.T) {
	const deployment = "/apis/apps/v1/namespaces/default/deployments/web"
	env := func(n int) string {
		return `{"spec":{"template":{"spec":{"containers":[{"name":"c","image":"x","env":[` +
			many(n, func(i int) string { return fmt.Sprintf(`{"name":"k%d","value":"v"}`, i) }) + `]}]}}}}`
	}
	keys := func(n int) string {
		return "{" + many(n, func(i int) string { return fmt.Sprintf(`"k%d":"v"`, i) }) + "}"
	}
	for _, test := range []struct {
		name, method, path, typ, body string
		code                          int
		message                       string
	}{
		{"a map of many keys", "POST", maps, "", configMap("d", keys(50_000)), 201, ""},
		{"a body of three megabytes", "POST", maps, "", strings.Repeat("x", 3<<20+1), 413, "Request entity too large: limit is 3145728"},
		{"a million characters that are nothing", "POST", maps, "", strings.Repeat("x", 1_000_000), 400, "Object 'Kind' is missing in 'xxx"},
		{"a million characters in a value", "POST", maps, "", configMap("d", `{"a":"`+strings.Repeat("x y", 333_000)+`"}`), 201, ""},
		{"more in a ConfigMap than it holds", "POST", maps, "", configMap("d", `{"a":"`+strings.Repeat("x", 1_100_000)+`"}`), 422, "Too long: may not be more than 1048576 bytes"},
		{"deep lists", "POST", maps, "", strings.Repeat("[", 1_000_000), 400, "exceeded max depth"},
		{"deep maps", "POST", maps, "", strings.Repeat(`{"a":`, 500_000), 400, "unexpected end of JSON input"},
		{"many unknown fields", "POST", maps + "?fieldValidation=Strict", "", `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"d"},` + keys(50_000)[1:], 400, `unknown field "k99"`},
		{"a million operations", "PATCH", maps + "/c", jsonp, "[" + many(1_000_000, same(`{}`)) + "]", 413, "The allowed maximum operations in a JSON patch is 10000, got 1000000"},
		{"moves of a large part", "PATCH", maps + "/c", jsonp, `[{"op":"add","path":"/x","value":[` + many(100_000, same("[]")) + `]},` +
			many(4_900, same(`{"op":"move","from":"/x","path":"/y"},{"op":"move","from":"/y","path":"/x"}`)) + "]", 200, ""},
		{"moves that pile up", "PATCH", maps + "/c", jsonp, `[{"op":"add","path":"/x","value":{}},` +
			many(3_300, same(`{"op":"add","path":"/y","value":{}},{"op":"move","from":"/x","path":"/y/x"},{"op":"move","from":"/y","path":"/x"}`)) + "]", 400, "exceeded max depth"},
		{"copies of all that double", "PATCH", maps + "/c", jsonp, "[" + many(9_000, func(i int) string { return fmt.Sprintf(`{"op":"copy","from":"","path":"/k%d"}`, i) }) + "]", 413, "exceeding the limit 3145728"},
		{"a list merged by its key", "PATCH", deployment, smp, env(20_000), 200, ""},
		{"a set", "PATCH", deployment, smp, `{"metadata":{"finalizers":[` + many(20_000, func(i int) string { return fmt.Sprintf(`"k/%d"`, i) }) + `]}}`, 200, ""},
		{"a list applied", "PATCH", deployment + "?fieldManager=a&force=true", string(request.ApplyPatch),
			`{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},` + env(10_000)[1:], 200, ""},
		{"a selector of many", "GET", "/api/v1/pods?labelSelector=" + many(50_000, func(i int) string { return fmt.Sprintf("k%d=v", i) }), "", "", 200, ""},
		{"a selector of one of many", "GET", "/api/v1/pods?labelSelector=k+in+(" + many(50_000, func(i int) string { return fmt.Sprintf("v%d", i) }) + ")", "", "", 200, ""},
		{"fields of many", "GET", "/api/v1/pods?fieldSelector=" + many(50_000, same("metadata.name=v")), "", "", 200, ""},
		{"a token of a million", "GET", maps + "?continue=" + strings.Repeat("e30", 333_000), "", "", 400, "invalid continue token"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRest(t)
			code, tree := r.call("POST", maps, "", configMap("c", `{"a":"b"}`))
			require.Equal(t, 201, code, tree)
			code, tree = r.call("POST", "/apis/apps/v1/namespaces/default/deployments", "", deploy)
			require.Equal(t, 201, code, tree)
			code, tree = r.call(test.method, test.path, test.typ, test.body)
			message := fmt.Sprint(tree["message"])
			require.Equal(t, test.code, code, message[:min(300, len(message))])
			if test.message != "" && !strings.Contains(message, test.message) {
				t.Errorf("%q is not in %.300q", test.message, message)
			}
		})
	}
}
