package request_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

const (
	tableType = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json"
	pods      = "/api/v1/namespaces/default/pods"
)

// get is a GET with a header Accept.
func (r *rest) get(path, accept string) request.Answer {
	path, query, _ := strings.Cut(path, "?")
	return r.s.Serve(request.Call{Method: "GET", Path: path, Query: query, Accept: accept})
}

// tree is the answer to a GET as JSON; it must be a success.
func (r *rest) tree(path, accept string) map[string]any {
	r.t.Helper()
	a := r.get(path, accept)
	require.Equal(r.t, 200, a.Code, string(a.Body))
	require.Contains(r.t, a.Type, "application/json")
	var tree map[string]any
	require.NoError(r.t, json.Unmarshal(a.Body, &tree))
	return tree
}

// at walks down a tree by keys and indexes.
func at(tree any, path ...any) any {
	for _, p := range path {
		switch p := p.(type) {
		case string:
			tree = tree.(map[string]any)[p]
		case int:
			tree = tree.([]any)[p]
		}
	}
	return tree
}

func newPodIn(r *rest, name string) {
	_, err := r.s.Create(schema.Find("pods"), "default", pod(name, map[string]string{"app": name}), request.WriteOptions{})
	require.NoError(r.t, err)
	require.NoError(r.t, r.c.Advance(10*time.Second))
}

// The columns are those a real API server rendered for each kind there is.
func TestTheColumnsOfTablesAreThoseRecorded(t *testing.T) {
	src, err := os.ReadFile("testdata/columns.json")
	require.NoError(t, err)
	var recorded map[string][]map[string]any
	require.NoError(t, json.Unmarshal(src, &recorded))
	r := newRest(t)
	checked := 0
	for _, res := range schema.Resources() {
		want, ok := recorded[res.Plural]
		if !ok {
			continue
		}
		checked++
		path := "/apis/" + res.APIVersion() + "/" + res.Plural
		if res.Group == "" {
			path = "/api/v1/" + res.Plural
		}
		table := r.tree(path, tableType)
		require.Equal(t, "Table", table["kind"])
		require.Equal(t, "meta.k8s.io/v1", table["apiVersion"])
		columns := table["columnDefinitions"].([]any)
		require.Len(t, columns, len(want), res.Plural)
		for i, c := range columns {
			for key, value := range want[i] {
				require.Equal(t, value, c.(map[string]any)[key], "%s column %d", res.Plural, i)
			}
		}
	}
	require.GreaterOrEqual(t, checked, 12)
}

func TestTables(t *testing.T) {
	r := newRest(t)
	newPodIn(r, "web")
	_, tree := r.call("POST", "/apis/apps/v1/namespaces/default/deployments", "", deploy)
	require.Equal(t, "web", at(tree, "metadata", "name"))
	require.NoError(t, r.c.Advance(10*time.Second))

	one := r.tree(pods+"/web", tableType)
	require.Equal(t, []any{"web", "1/1", "Running", "0", "20s"}, at(one, "rows", 0, "cells").([]any)[:5])
	require.Equal(t, "PartialObjectMetadata", at(one, "rows", 0, "object", "kind"))
	require.Equal(t, "web", at(one, "rows", 0, "object", "metadata", "labels", "app"))
	require.NotContains(t, at(one, "rows", 0, "object"), "spec")

	list := r.tree(pods+"?limit=1&includeObject=Object", tableType)
	require.NotEmpty(t, at(list, "metadata", "continue"))
	require.EqualValues(t, 2, at(list, "metadata", "remainingItemCount"), "the rest is told of inside the Table")
	require.Equal(t, "Pod", at(list, "rows", 0, "object", "kind"))
	require.Nil(t, at(r.tree(pods+"?includeObject=None", tableType), "rows", 0, "object"))
	require.EqualValues(t, 2, at(r.tree("/apis/apps/v1/replicasets", tableType), "rows", 0, "cells", 1), "numbers are numbers")
	require.Equal(t, 400, r.get(pods+"?includeObject=Some", tableType).Code)
	require.Equal(t, "Status", at(jsonOf(t, r.get(pods+"/none", tableType)), "kind"), "a failure is no Table")

	require.Equal(t, "Pod", r.tree(pods+"/web", "application/json")["kind"])
	require.Equal(t, "PodList", r.tree(pods, "application/vnd.kubernetes.protobuf,application/json")["kind"])
	meta := r.tree(pods, "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1")
	require.Equal(t, "PartialObjectMetadataList", meta["kind"])
	require.NotContains(t, at(meta, "items", 0), "status")
	require.Equal(t, "web", at(r.tree(pods+"/web", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1"), "metadata", "name"))
	require.Contains(t, r.get("/api/v1/endpoints", "").Warning, "v1 Endpoints is deprecated")
}

func jsonOf(t *testing.T, a request.Answer) (tree map[string]any) {
	require.NoError(t, json.Unmarshal(a.Body, &tree))
	return tree
}

// lines are the events of a stream so far.
func lines(t *testing.T, s *request.Stream) (events []map[string]any) {
	for {
		chunk, _ := s.Next()
		if len(chunk) == 0 {
			return events
		}
		for _, line := range strings.Split(strings.TrimSuffix(string(chunk), "\n"), "\n") {
			var tree map[string]any
			require.NoError(t, json.Unmarshal([]byte(line), &tree))
			events = append(events, tree)
		}
	}
}

func (r *rest) open(path, accept string) *request.Stream {
	path, query, _ := strings.Cut(path, "?")
	s := r.s.Open(request.Call{Method: "GET", Path: path, Query: query, Accept: accept})
	require.NotNil(r.t, s, path)
	return s
}

func TestAWatchOfTables(t *testing.T) {
	r := newRest(t)
	newPodIn(r, "web")
	stream := r.open(pods+"?watch=true&allowWatchBookmarks=true", tableType)
	events := lines(t, stream)
	require.Len(t, events, 1)
	require.Equal(t, "ADDED", events[0]["type"])
	require.Equal(t, "web", at(events[0], "object", "rows", 0, "cells", 0))
	require.NotEmpty(t, at(events[0], "object", "columnDefinitions"))
	require.NotEmpty(t, at(events[0], "object", "metadata", "resourceVersion"))
	_, err := r.s.Delete(schema.Find("pods"), "default", "web", request.DeleteOptions{})
	require.NoError(t, err)
	require.NoError(t, r.c.Advance(time.Minute))
	events = lines(t, stream)
	require.Equal(t, "MODIFIED", events[0]["type"])
	require.Equal(t, "Terminating", at(events[0], "object", "rows", 0, "cells", 2))
	require.Nil(t, at(events[0], "object", "columnDefinitions"), "told once")
	require.Equal(t, "BOOKMARK", events[len(events)-1]["type"])
	require.Equal(t, "DELETED", events[len(events)-2]["type"])
}

func TestWatchOptionsOverREST(t *testing.T) {
	r := newRest(t)
	from := r.s.Revision()
	newPodIn(r, "web")
	for _, test := range []struct {
		query string
		code  int
		want  string
	}{
		{"watch=1&resourceVersion=x", 422, `ListOptions.meta.k8s.io "" is invalid: resourceVersion: Invalid value: "x"`},
		{"watch=1&sendInitialEvents=true", 422, "resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"},
		{"watch=1&resourceVersionMatch=NotOlderThan&resourceVersion=1", 422, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"},
		{"watch=1&sendInitialEvents=true&resourceVersionMatch=Exact", 422, `resourceVersionMatch: Unsupported value: "Exact": supported values: "NotOlderThan"`},
		{"watch=1&labelSelector=a%20in%20(", 400, "unable to parse requirement"},
		{"watch=1&fieldSelector=spec.image%3Dx", 400, "field label not supported: spec.image"},
		{"watch=1&timeoutSeconds=-1", 400, "timeoutSeconds"},
		{"sendInitialEvents=true", 422, "sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list"},
		{"resourceVersionMatch=Exact", 422, "resourceVersionMatch is forbidden unless resourceVersion is provided"},
		{"resourceVersionMatch=Exact&resourceVersion=0", 422, `resourceVersionMatch "exact" is forbidden for resourceVersion "0"`},
		{"resourceVersionMatch=Exact&resourceVersion=" + from.String(), 200, `"items":[]`},
		{"watch=1&resourceVersion=99999999", 200, `"code":504`},
		{"watch=1&resourceVersion=" + from.String() + "&limit=1", 200, `"type":"ADDED"`},
		{"watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&resourceVersion=" + from.String(), 200, `"k8s.io/initial-events-end":"true"`},
		{"watch=false", 200, `"kind":"PodList"`},
		{"watch=1&sendInitialEvents=false&resourceVersionMatch=NotOlderThan", 200, ""},
	} {
		a := r.get(pods+"?"+test.query, "")
		require.Equal(t, test.code, a.Code, "%s: %s", test.query, a.Body)
		if test.want == "" {
			require.Empty(t, a.Body)
		}
		require.Contains(t, strings.ReplaceAll(string(a.Body), `\"`, `"`), test.want, test.query)
	}
	one := r.open(pods+"/web?watch=true&timeoutSeconds=30", "")
	require.Len(t, lines(t, one), 1, "a watch of one object")
	require.Equal(t, 40*time.Second, one.Wake())
	require.NoError(t, r.c.Advance(30*time.Second))
	_, open := one.Next()
	require.False(t, open, "its time is over")
	require.Nil(t, r.s.Open(request.Call{Method: "GET", Path: pods}), "a list does not go on")
	require.Nil(t, r.s.Open(request.Call{Method: "GET", Path: pods, Query: "watch=1&resourceVersion=x"}), "nor does a mistake")
}

func TestDiscovery(t *testing.T) {
	r := newRest(t)
	require.Equal(t, []any{"v1"}, r.tree("/api", "")["versions"])
	require.Equal(t, "apps", at(r.tree("/apis", ""), "groups", 0, "name"))
	require.Equal(t, "apps/v1", at(r.tree("/apis/apps", ""), "preferredVersion", "groupVersion"))
	const aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json"
	for _, root := range []string{"/api", "/apis"} {
		require.Contains(t, r.get(root, aggregated).Type, "g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")
	}
	// What the long way tells, resource by resource, is what the short one does.
	long, short := map[string]string{}, map[string]string{}
	note := func(into map[string]string, gv, name string, verbs any) { into[gv+" "+name] = fmt.Sprint(verbs) }
	for _, path := range []string{"/api/v1", "/apis/apps/v1", "/apis/coordination.k8s.io/v1", "/apis/discovery.k8s.io/v1"} {
		list := r.tree(path, "")
		for _, item := range list["resources"].([]any) {
			note(long, at(list, "groupVersion").(string), at(item, "name").(string), at(item, "verbs"))
		}
	}
	for _, root := range []string{"/api", "/apis"} {
		for _, group := range r.tree(root, aggregated)["items"].([]any) {
			gv := strings.TrimPrefix(fmt.Sprint(at(group, "metadata", "name"), "/", at(group, "versions", 0, "version")), "<nil>/")
			for _, res := range at(group, "versions", 0, "resources").([]any) {
				name := at(res, "resource").(string)
				note(short, gv, name, at(res, "verbs"))
				subs, _ := at(res, "subresources").([]any)
				for _, sub := range subs {
					note(short, gv, name+"/"+at(sub, "subresource").(string), at(sub, "verbs"))
				}
			}
		}
	}
	require.Equal(t, long, short)
	require.Contains(t, long, "v1 pods/eviction", "drain looks for it")
	require.Contains(t, long, "apps/v1 deployments/scale")
	require.NotContains(t, long, "v1 configmaps/status")
	for _, res := range schema.Resources() {
		require.Contains(t, long, res.APIVersion()+" "+res.Plural)
	}
	code, _ := r.call("PATCH", maps+"/c/status", merge, `{}`)
	require.Equal(t, 404, code, "what is not told of is not served")
}

func TestAboutTheServer(t *testing.T) {
	r := newRest(t)
	require.Equal(t, request.KubernetesVersion, r.tree("/version", "")["gitVersion"])
	for _, path := range []string{"/healthz", "/livez", "/readyz"} {
		a := r.get(path, "")
		require.Equal(t, "200 text/plain ok", fmt.Sprint(a.Code, " ", a.Type, " ", string(a.Body)))
	}
	documents := r.tree("/openapi/v3", "")["paths"].(map[string]any)
	require.Len(t, documents, 4)
	for root, where := range documents {
		url := at(where, "serverRelativeURL").(string)
		require.True(t, strings.HasPrefix(url, "/openapi/v3/"+root+"?hash="), url)
		found := 0
		for _, path := range r.tree(url, "")["paths"].(map[string]any) {
			text := fmt.Sprint(at(path, "patch", "parameters"))
			require.Contains(t, text, "name:fieldValidation")
			require.Contains(t, text, "name:dryRun")
			require.NotEmpty(t, at(path, "patch", "x-kubernetes-group-version-kind", "kind"))
			found++
		}
		require.NotZero(t, found)
	}
	for _, path := range []string{"/openapi/v2", "/openapi/v3/apis/none/v1", "/", "/api/v2", "/apis/apps/v2", "/metrics"} {
		require.Equal(t, 404, r.get(path, "").Code, path)
	}
	code, _ := r.call("POST", "/version", "", "{}")
	require.Equal(t, 405, code)
}

// printing makes a pod that prints a line a second.
func printing(r *rest) {
	p := pod("tick", nil)
	p.Spec.Containers[0] = api.Container{Name: "c", Image: "busybox", Command: []string{"sh", "-c", "while true; do echo tick; sleep 1; done"}}
	_, err := r.s.Create(schema.Find("pods"), "default", p, request.WriteOptions{})
	require.NoError(r.t, err)
	require.NoError(r.t, r.c.Advance(time.Minute))
}

func TestLogsOverREST(t *testing.T) {
	r := newRest(t)
	printing(r)
	for _, test := range []struct {
		query string
		code  int
		want  string
	}{
		{"?tailLines=2", 200, "^tick\ntick\n$"},
		{"?sinceSeconds=1&container=c", 200, "^(tick\n){1,2}$"},
		{"?tailLines=1&timestamps=true", 200, `^2017-02-18T02:0\d:\d\d\.\d{9}Z tick` + "\n$"},
		{"?limitBytes=7", 200, "^tick\nti$"},
		{"?tailLines=0", 200, "^$"},
		{"?sinceTime=2017-02-18T02:59:00Z", 200, "^$"},
		{"?container=d", 400, "container d is not valid for pod tick"},
		{"?previous=true", 400, `previous terminated container \\"c\\" in pod \\"tick\\" not found`},
		{"?tailLines=-1", 422, "tailLines: Invalid value: -1: must be greater than or equal to 0"},
		{"?sinceSeconds=0", 422, "sinceSeconds: Invalid value: 0: must be greater than 0"},
		{"?sinceSeconds=5&sinceTime=2017-02-18T02:59:00Z", 422, "at most one of `sinceTime` or `sinceSeconds` may be specified"},
	} {
		a := r.get(pods+"/tick/log"+test.query, "")
		require.Equal(t, test.code, a.Code, "%s: %s", test.query, a.Body)
		if test.code == 200 {
			require.Equal(t, "text/plain", a.Type)
		}
		require.Regexp(t, test.want, string(a.Body), test.query)
	}
	require.Equal(t, 404, r.get(pods+"/none/log", "").Code)

	stream := r.open(pods+"/tick/log?follow=true&tailLines=1", "")
	chunk, open := stream.Next()
	require.Equal(t, "tick\n", string(chunk))
	require.True(t, open)
	require.Greater(t, stream.Wake(), r.s.Elapsed())
	require.NoError(t, r.c.Advance(3*time.Second))
	chunk, open = stream.Next()
	require.Equal(t, "tick\ntick\ntick\n", string(chunk))
	require.True(t, open)
	grace := int64(0)
	_, err := r.s.Delete(schema.Find("pods"), "default", "tick", request.DeleteOptions{GracePeriod: &grace})
	require.NoError(t, err)
	require.NoError(t, r.c.Advance(time.Minute))
	_, open = stream.Next()
	require.False(t, open, "the container has ended")
}

func TestExecOverREST(t *testing.T) {
	r := newRest(t)
	printing(r)
	call := func(query string) request.Call {
		return request.Call{Method: "POST", Path: pods + "/tick/exec", Query: query}
	}
	res, err := r.s.Exec(call("command=echo&command=a+b&stdout=true"))
	require.NoError(t, err)
	require.Equal(t, "a b\n", res.Out)
	require.Equal(t, "Success", res.Status.Status)
	res, err = r.s.Exec(call("command=sh&command=-c&command=exit%203&container=c"))
	require.NoError(t, err)
	require.EqualValues(t, 3, res.Code)
	require.Equal(t, "command terminated with non-zero exit code: exit status 3", res.Status.Message)
	require.Equal(t, api.StatusCause{Type: "ExitCode", Message: "3"}, res.Status.Details.Causes[0])
	for query, want := range map[string]string{
		"": "you must specify at least one command for the container", "command=ls&container=d": "container d is not valid for pod tick",
	} {
		_, err = r.s.Exec(call(query))
		require.ErrorContains(t, err, want)
	}
	a := r.s.Serve(call("command=ls"))
	require.Equal(t, 400, a.Code)
	require.Contains(t, string(a.Body), "Upgrade request required")
	_, err = r.s.Exec(request.Call{Method: "POST", Path: pods + "/none/exec", Query: "command=ls"})
	require.ErrorContains(t, err, `pods "none" not found`)
}
