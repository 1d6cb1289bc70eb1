package request_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/orchestrate/request"
)

// The options of a write are checked before anything else, with upstream's texts.
func TestOptionsOfWrites(t *testing.T) {
	r := newRest(t)
	newPodIn(r, "web")
	code, tree := r.call("POST", "/apis/apps/v1/namespaces/default/deployments", "", deploy)
	require.Equal(t, 201, code, tree)
	const scale = "/apis/apps/v1/namespaces/default/deployments/web/scale"
	cm := configMap("c", "{}")
	for _, test := range []struct {
		method, path, typ, body string
		code                    int
		message                 string
	}{
		{"POST", maps + "?dryRun=Some", "", cm, 422, `CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Some"]: supported values: "All"`},
		{"PUT", maps + "/c?fieldValidation=Foo", "", cm, 422, `UpdateOptions.meta.k8s.io "" is invalid: fieldValidation: Unsupported value: "Foo": supported values: "", "Ignore", "Strict", "Warn"`},
		{"POST", maps + "?fieldManager=" + strings.Repeat("x", 129), "", cm, 422, "fieldManager: Too long: may not be more than 128 bytes"},
		{"POST", maps + "?fieldManager=a%00", "", cm, 422, "invalid character U+0000 (at position 1)"},
		{"PATCH", maps + "/c?force=true", merge, "{}", 422, `PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch`},
		{"POST", maps, "text/plain", cm, 415, "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml"},
		{"PATCH", scale, merge, `{"spec":{"replicas":"x"}}`, 400, "cannot unmarshal string into Go struct field ScaleSpec.spec.replicas of type int32"},
		{"PATCH", scale, merge, `{"spec":{"replicas":5000000000}}`, 400, "cannot unmarshal number 5000000000 into Go struct field ScaleSpec.spec.replicas of type int32"},
		{"PUT", scale, "", `{"spec":[]}`, 400, "cannot unmarshal array into Go struct field Scale.spec of type v1.ScaleSpec"},
		{"DELETE", pods + "/web", "", `{"propagationPolicy":"Foo"}`, 422, `supported values: "Foreground", "Background", "Orphan", "nil"`},
		{"DELETE", pods + "/web", "", `{"propagationPolicy":"Orphan","orphanDependents":true}`, 422, "orphanDependents and deletionPropagation cannot be both set"},
		{"DELETE", pods + "/web", "", `{"dryRun":["All","Some"]}`, 422, `dryRun: Unsupported value: ["All","Some"]`},
	} {
		code, tree := r.call(test.method, test.path, test.typ, test.body)
		require.Equal(t, test.code, code, "%s %s: %v", test.method, test.path, tree)
		require.Contains(t, tree["message"], test.message)
	}
	code, tree = r.call("POST", maps+"?fieldValidation=Warn", "", `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"w"},"dada":{}}`)
	require.Equal(t, 201, code)
	require.NotContains(t, tree, "dada")
	for query, want := range map[string]string{"Warn": `unknown field "dada"`, "": `unknown field "dada"`, "Ignore": ""} {
		a := r.s.Serve(request.Call{Method: "PUT", Path: maps + "/w", Query: "fieldValidation=" + query, Body: []byte(`{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"w"},"dada":{}}`)})
		require.Equal(t, 200, a.Code, string(a.Body))
		require.Equal(t, want, a.Warning, query)
		a = r.s.Serve(request.Call{Method: "PATCH", Path: maps + "/w", Query: "fieldValidation=" + query, ContentType: merge, Body: []byte(`{"dada":{"x":"y"}}`)})
		require.Equal(t, 200, a.Code, string(a.Body))
		require.Equal(t, want, a.Warning, query)
	}
	code, tree = r.call("DELETE", pods+"/web?gracePeriodSeconds=-5", "", "")
	require.Equal(t, 200, code)
	require.EqualValues(t, 1, at(tree, "metadata", "deletionGracePeriodSeconds"), "what is negative is a second")
	require.NoError(t, r.c.Advance(10*time.Second))
	require.Equal(t, 404, r.get(pods+"/web", "").Code)
}
