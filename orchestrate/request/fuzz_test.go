package request

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// patchedDeployment is what the patches are tried on.
const patchedDeployment = `{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"default","labels":{"a":"b"},"finalizers":["x/y"]},
"spec":{"replicas":2,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{
"volumes":[{"name":"v","emptyDir":{}}],"tolerations":[{"key":"k","operator":"Exists"}],
"containers":[{"name":"c","image":"nginx","env":[{"name":"A","value":"1"}],"ports":[{"containerPort":80}]},{"name":"d","image":"x"}]}}}}`

// seedPatches adds the patches of one type that testdata/patches.txt has, one a line.
func seedPatches(f *testing.F, typ PatchType) {
	src, err := os.ReadFile("testdata/patches.txt")
	require.NoError(f, err)
	n := 0
	for line := range strings.Lines(string(src)) {
		if kind, patch, ok := strings.Cut(strings.TrimSpace(line), " "); ok && strings.Contains(string(typ), "/"+kind) {
			f.Add(patch)
			n++
		}
	}
	require.NotZero(f, n, typ)
}

// mostGrown is how much longer an object may become than itself and the patch: what copies may add.
const mostGrown = 4 << 20

// applied is a tree as a patch makes it, which must be one that can be written and is not longer than it may be. It is nil if the patch
// is refused; then the tree is asked for again by nobody.
func applied(t *testing.T, typ PatchType, tree map[string]any, patch string) map[string]any {
	change, err := schema.ReadTree([]byte(patch), "patch")
	if err != nil {
		return nil
	}
	before, err := schema.MarshalTree(change)
	require.NoError(t, err)
	out, err := patched(schema.ByKind(api.KindDeployment), tree, Patch{Type: typ, Tree: change})
	if err != nil {
		var status *api.StatusError
		require.ErrorAs(t, err, &status)
		require.True(t, status.Status.Code >= 400 && status.Status.Message != "", err)
		return nil
	}
	b, err := schema.MarshalTree(out)
	require.NoError(t, err)
	require.Less(t, len(b), len(patchedDeployment)+6*len(patch)+mostGrown)
	after, err := schema.MarshalTree(change)
	require.NoError(t, err)
	if typ != JSONPatch { // what it adds may go on living in the tree
		require.Equal(t, string(before), string(after), "the patch itself is changed")
	}
	return out
}

func deploymentTree(t testing.TB) map[string]any {
	tree, err := schema.ReadTree([]byte(patchedDeployment), "d")
	require.NoError(t, err)
	out, ok := tree.(map[string]any)
	require.True(t, ok)
	return out
}

// A patch in JSON is carried out or refused as a whole, and what it makes is the same each time. A test of what there is changes nothing.
func FuzzJSONPatch(f *testing.F) {
	seedPatches(f, JSONPatch)
	f.Fuzz(func(t *testing.T, patch string) {
		out := applied(t, JSONPatch, deploymentTree(t), patch)
		require.Equal(t, out, applied(t, JSONPatch, deploymentTree(t), patch))
		if out == nil {
			return
		}
		ops := []any{map[string]any{"op": "test", "path": "", "value": copied(out)}}
		tested, err := jsonPatched(out, ops)
		require.NoError(t, err)
		require.Equal(t, out, tested)
		ops = append(ops, map[string]any{"op": "test", "path": "", "value": nil})
		_, err = jsonPatched(out, ops)
		require.Error(t, err)
	})
}

// A merge patch says what it says again; and the fields it does not name stay.
func FuzzMergePatch(f *testing.F) {
	seedPatches(f, MergePatch)
	f.Fuzz(func(t *testing.T, patch string) {
		out := applied(t, MergePatch, deploymentTree(t), patch)
		if out == nil {
			return
		}
		require.Equal(t, out, applied(t, MergePatch, deepTree(t, out), patch))
		change, err := schema.ReadTree([]byte(patch), "patch")
		require.NoError(t, err)
		for k, v := range deploymentTree(t) {
			if _, named := change.(map[string]any)[k]; !named {
				require.Equal(t, v, out[k], k)
			}
		}
	})
}

// deepTree is a copy of a tree by way of its bytes.
func deepTree(t *testing.T, tree map[string]any) map[string]any {
	b, err := schema.MarshalTree(tree)
	require.NoError(t, err)
	out, err := schema.ReadTree(b, "t")
	require.NoError(t, err)
	if out == nil {
		return map[string]any{}
	}
	return out.(map[string]any)
}

// A strategic patch without directives is idempotent, leaves no directive behind where one means something, and leaves alone what it
// does not name.
func FuzzStrategicPatch(f *testing.F) {
	seedPatches(f, StrategicPatch)
	f.Fuzz(func(t *testing.T, patch string) {
		out := applied(t, StrategicPatch, deploymentTree(t), patch)
		if out == nil {
			return
		}
		change, err := schema.ReadTree([]byte(patch), "patch")
		require.NoError(t, err)
		_, replaced := change.(map[string]any)[patchDirective]
		_, retained := change.(map[string]any)[retainDirective]
		if !strings.Contains(patch, "$") {
			require.Equal(t, deepTree(t, out), deepTree(t, applied(t, StrategicPatch, deepTree(t, out), patch)))
		}
		for k, v := range deploymentTree(t) {
			if !strings.Contains(patch, k) && !strings.Contains(patch, `\`) && !replaced && !retained {
				require.Equal(t, v, out[k], k)
			}
		}
	})
}

// What is applied on the server is there afterwards; applied again it changes nothing, neither the object nor who owns it; and what is
// owned can be written and read again.
func FuzzApply(f *testing.F) {
	seedPatches(f, ApplyPatch)
	f.Fuzz(func(t *testing.T, config string) {
		s := New(orchestrate.New(orchestrate.Options{}))
		call := Call{
			Method: "PATCH", Path: "/apis/apps/v1/namespaces/default/deployments/web", Query: "fieldManager=m",
			ContentType: string(ApplyPatch), Body: []byte(config),
		}
		first := s.Serve(call)
		require.True(t, json.Valid(first.Body))
		require.Less(t, len(first.Body), 64*len(config)+mostGrown)
		if first.Code != 200 && first.Code != 201 {
			require.True(t, first.Code >= 400 && first.Code < 600, first.Code)
			return
		}
		o, err := s.Get(schema.ByKind(api.KindDeployment), "default", "web")
		require.NoError(t, err)
		require.Empty(t, schema.Validate(o, nil))
		for _, owner := range readOwners(o.Meta().ManagedFields) {
			require.Equal(t, owner.entry.FieldsV1, owner.fields.tree())
		}
		again := s.Serve(call)
		require.Equal(t, 200, again.Code, string(again.Body))
		require.Equal(t, string(first.Body), string(again.Body))
	})
}

// Selectors choose or are refused with 400; what they choose they choose again; and nothing is chosen that the opposite chooses too.
func FuzzSelectors(f *testing.F) {
	for _, labels := range []string{"app=web", "app in (web,db),!x", "tier notin (a)", "n>3", "a=b,,"} {
		for _, fields := range []string{"", "metadata.name=web", "status.phase!=Running,spec.nodeName=", `metadata.name=a\,b`, "spec.x=y"} {
			f.Add(labels, fields)
		}
	}
	pods := schema.ByKind(api.KindPod)
	pod := &api.Pod{ObjectMeta: api.ObjectMeta{Name: "web", Namespace: "default", Labels: map[string]string{"app": "web", "n": "4"}}, Spec: &api.PodSpec{NodeName: "n"}}
	f.Fuzz(func(t *testing.T, labels, fields string) {
		one, err := newFilter(pods, "", ListOptions{LabelSelector: labels, FieldSelector: fields})
		if err != nil {
			var status *api.StatusError
			require.ErrorAs(t, err, &status)
			require.EqualValues(t, 400, status.Status.Code)
			return
		}
		printed := ListOptions{LabelSelector: one.labels.String(), FieldSelector: one.fields.String()}
		two, err := newFilter(pods, "", printed)
		require.NoError(t, err, printed)
		require.Equal(t, one.matches(pod), two.matches(pod), printed)
		elsewhere, err := newFilter(pods, "elsewhere", printed)
		require.NoError(t, err)
		require.False(t, elsewhere.matches(pod))
	})
}

// A watch with any options is answered, in order and once; whoever goes on from where it ended sees nothing again.
func FuzzWatchOptions(f *testing.F) {
	for _, query := range []string{
		"watch=1", "watch=true&resourceVersion=0", "watch=true&resourceVersion=7&allowWatchBookmarks=true",
		"watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&resourceVersion=",
		"watch=1&timeoutSeconds=5&labelSelector=a%3Db", "watch=1&resourceVersion=999999", "watch=1&resourceVersion=-1", "watch=false&limit=1",
		"watch=1&fieldSelector=metadata.name%3Dx&timeoutSeconds=99999999999999999999",
	} {
		f.Add(query)
	}
	f.Fuzz(func(t *testing.T, query string) {
		c := orchestrate.New(orchestrate.Options{})
		s := New(c)
		call := Call{Method: "GET", Path: "/api/v1/configmaps", Query: query}
		require.True(t, s.Serve(call).Code >= 200)
		stream := s.Open(call)
		if stream == nil {
			return
		}
		cm := &api.ConfigMap{ObjectMeta: api.ObjectMeta{Name: "x", Labels: map[string]string{"a": "b"}}}
		_, err := s.Create(schema.ByKind(api.KindConfigMap), "default", cm, WriteOptions{})
		require.NoError(t, err)
		require.NoError(t, c.Advance(2*time.Minute))
		added := 0
		for {
			chunk, open := stream.Next()
			for line := range strings.Lines(string(chunk)) {
				require.True(t, json.Valid([]byte(line)), line)
				if strings.Contains(line, `"ADDED"`) && strings.Contains(line, `"name":"x"`) {
					added++
				}
			}
			if !open || len(chunk) == 0 {
				break
			}
		}
		require.LessOrEqual(t, added, 1)
	})
}

// A token that is not ours is refused with 400 or 410, whatever it says; one that is is read as it was written.
func FuzzContinue(f *testing.F) {
	for _, seed := range []string{"e30", token("7", "default/a"), token("99999", "a/b"), token(newestToken, "default/"), "bad token", ""} {
		f.Add(seed, uint64(3), "default/web")
	}
	f.Fuzz(func(t *testing.T, text string, rev uint64, key string) {
		rev = max(rev, 1)
		if !strings.Contains(key, tokenKey) && !strings.HasSuffix(key, `\u0000"}`) {
			gotRev, gotKey, err := readToken(token(api.Revision(rev).String(), key))
			require.NoError(t, err)
			require.Equal(t, api.Revision(rev), gotRev)
			require.Equal(t, key, gotKey)
		}
		s := New(orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(2)}))
		page, err := s.ListPage(schema.ByKind(api.KindNode), "", ListOptions{}, PageOptions{Limit: 1, Continue: text})
		if err != nil {
			var status *api.StatusError
			require.ErrorAs(t, err, &status)
			require.Contains(t, []int32{400, 410, 504}, status.Status.Code)
			return
		}
		require.LessOrEqual(t, len(page.Items), 1)
	})
}

// kubectl apply keeps what others wrote, drops what it wrote and says no more, and says nothing new when it says it again.
func FuzzThreeWay(f *testing.F) {
	seedPatches(f, StrategicPatch)
	f.Fuzz(func(t *testing.T, manifest string) {
		tree, err := schema.ReadTree([]byte(manifest), "m")
		wanted, ok := tree.(map[string]any)
		if err != nil || !ok || strings.Contains(manifest, "$") {
			return // directives are for patches
		}
		res := schema.ByKind(api.KindDeployment)
		live := deploymentTree(t)
		live["foreign"] = "kept"
		out := schema.ThreeWay(res, map[string]any{"kind": "gone"}, deepTree(t, wanted), live)
		if v, named := wanted["foreign"]; !named {
			require.Equal(t, "kept", out["foreign"])
		} else if v != nil {
			require.NotEqual(t, "kept", out["foreign"])
		}
		if _, named := wanted["kind"]; !named {
			require.NotContains(t, out, "kind")
		}
		twice := schema.ThreeWay(res, wanted, wanted, out)
		require.True(t, reflect.DeepEqual(out, twice), "%v\n%v", out, twice)
	})
}
