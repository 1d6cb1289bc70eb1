package request_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// left are the names of the objects of a collection.
func (r *rest) left(path string) (out []string) {
	for _, item := range r.tree(path, "")["items"].([]any) {
		out = append(out, at(item, "metadata", "name").(string))
	}
	return out
}

func TestWhatOfACollectionIsDeleted(t *testing.T) {
	for _, test := range []struct {
		name, query, body string
		gone              int
		left              []string
	}{
		{"what labels choose", "labelSelector=team%3Dred", "", 2, []string{"c", "kube-root-ca.crt"}},
		{"what fields choose", "fieldSelector=metadata.name%3Db", "", 1, []string{"a", "c", "kube-root-ca.crt"}},
		{"both", "labelSelector=team&fieldSelector=metadata.name!%3Db", "", 2, []string{"b", "kube-root-ca.crt"}},
		{"no more than the limit", "labelSelector=team&limit=2", "", 2, []string{"c", "kube-root-ca.crt"}},
		{"nothing by a dry run", "dryRun=All", "", 4, []string{"a", "b", "c", "kube-root-ca.crt"}},
		{"nothing by a dry run in the body", "", `{"dryRun":["All"]}`, 4, []string{"a", "b", "c", "kube-root-ca.crt"}},
		{"all", "", "", 4, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRest(t)
			require.NoError(t, r.c.Advance(time.Second))
			put(t, r.s, "a", "red")
			put(t, r.s, "b", "red")
			put(t, r.s, "c", "blue")
			code, tree := r.call("DELETE", maps+"?"+test.query, "", test.body)
			require.Equal(t, 200, code, tree)
			require.Equal(t, "ConfigMapList", tree["kind"])
			require.Len(t, tree["items"], test.gone)
			require.Equal(t, test.left, r.left(maps))
		})
	}
	r := newRest(t)
	for query, code := range map[string]int{"labelSelector=a+in": 400, "fieldSelector=spec.x%3D1": 400, "limit=x": 400, "continue=bad": 400, "propagationPolicy=Never": 422} {
		got, tree := r.call("DELETE", maps+"?"+query, "", "")
		require.Equal(t, code, got, "%s: %v", query, tree)
	}
}

// What becomes of the pods of Deployments that are deleted together is said once for all.
func TestACollectionIsDeletedAsItIsPropagated(t *testing.T) {
	const deployments = "/apis/apps/v1/namespaces/default/deployments"
	for _, test := range []struct {
		policy string
		pods   int
	}{{"Orphan", 2}, {"Background", 0}, {"Foreground", 0}} {
		r := newRest(t)
		code, tree := r.call("POST", deployments, "", deploy)
		require.Equal(t, 201, code, tree)
		require.NoError(t, r.c.Advance(20*time.Second))
		require.Len(t, r.left(pods), 2)
		code, tree = r.call("DELETE", deployments+"?labelSelector=", "", `{"propagationPolicy":"`+test.policy+`"}`)
		require.Equal(t, 200, code, tree)
		require.NoError(t, r.c.Advance(2*time.Minute))
		require.Empty(t, r.left(deployments), test.policy)
		require.Len(t, r.left(pods), test.pods, test.policy)
	}
}

// Without PodDisruptionBudgets an eviction is a deletion with a grace period; what is wrong with it is told before.
func TestEvictions(t *testing.T) {
	r := newRest(t)
	newPodIn(r, "web")
	for _, test := range []struct {
		path, body string
		code       int
		message    string
	}{
		{"/none/eviction", `{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"none"}}`, 404, `pods "none" not found`},
		{"/web/eviction", `{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"other"}}`, 400, "name in URL does not match name in Eviction object"},
		{"/web/eviction", `{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"web"},"deleteOptions":{"preconditions":{"uid":"11111111-1111-1111-1111-111111111111"}}}`, 409, "the UID in the precondition (11111111-1111-1111-1111-111111111111) does not match the UID in record"},
		{"/web/eviction?dryRun=All", `{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"web"}}`, 201, ""},
	} {
		code, tree := r.call("POST", pods+test.path, "", test.body)
		require.Equal(t, test.code, code, tree)
		if test.message != "" {
			require.Contains(t, tree["message"], test.message)
		}
		require.Nil(t, at(r.tree(pods+"/web", ""), "metadata").(map[string]any)["deletionTimestamp"])
	}
	code, tree := r.call("POST", pods+"/web/eviction", "", `{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"web"},"deleteOptions":{"gracePeriodSeconds":5}}`)
	require.Equal(t, 201, code, tree)
	require.EqualValues(t, 5, at(r.tree(pods+"/web", ""), "metadata", "deletionGracePeriodSeconds"))
	code, _ = r.call("GET", "/apis/policy/v1/namespaces/default/poddisruptionbudgets", "", "")
	require.Equal(t, 404, code)
}
