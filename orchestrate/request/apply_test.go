package request_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// apply applies a ConfigMap c with this data as a manager; it gives the data there is then, or the error.
func apply(t require.TestingT, s *request.Server, manager, data string, force bool) string {
	tree, err := schema.ReadTree([]byte("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: "+data), "c")
	require.NoError(t, err)
	o, err := s.Patch(schema.Find("cm"), "default", "c", request.Patch{Type: request.ApplyPatch, Tree: tree}, request.WriteOptions{FieldManager: manager, Force: force})
	if err != nil {
		return err.Error()
	}
	cm, _ := o.(*api.ConfigMap)
	return strings.TrimPrefix(fmt.Sprint(cm.Data), "map")
}

// owners is who owns what of ConfigMap c, in one line.
func owners(t require.TestingT, s *request.Server) string {
	o, err := s.Get(schema.Find("cm"), "default", "c")
	require.NoError(t, err)
	var out []string
	for _, e := range o.Meta().ManagedFields {
		b, err := schema.MarshalTree(e.FieldsV1)
		require.NoError(t, err)
		text := strings.NewReplacer(`"`, "", ":{}", "", "f:", "").Replace(string(b))
		out = append(out, e.Manager+" "+e.Operation+" "+text)
	}
	return strings.Join(out, "; ")
}

// The story is that of the recorded scenario apply-server-side.
func TestServerSideApply(t *testing.T) {
	s, _ := server(t)
	require.Equal(t, "[k:1 x:1]", apply(t, s, "A", `{x: "1", k: "1"}`, false))
	require.Equal(t, "A Apply {data:{k,x}}", owners(t, s))
	require.Equal(t, `Apply failed with 1 conflict: conflict with "A": .data.x`, apply(t, s, "B", `{x: "9", w: "3"}`, false))
	require.Equal(t, "[k:1 w:3 x:9]", apply(t, s, "B", `{x: "9", w: "3"}`, true))
	require.Equal(t, "A Apply {data:{k}}; B Apply {data:{w,x}}", owners(t, s))
	require.Equal(t, "[w:3 x:9]", apply(t, s, "A", `{w: "3"}`, false), "k was A's alone; w is both's")
	require.Equal(t, "A Apply {data:{w}}; B Apply {data:{w,x}}", owners(t, s))
	require.Equal(t, "[w:3]", apply(t, s, "B", `{w: "3"}`, false))

	require.Equal(t, "[u:1 w:3 z:1]", apply(t, s, "B", `{w: "3", u: "1", z: "1"}`, false))
	require.Equal(t, "Apply failed with 3 conflicts: conflicts with \"A\":\n- .data.w\nconflicts with \"B\":\n- .data.u\n- .data.w",
		apply(t, s, "C", `{w: "4", u: "2"}`, false))
}

func TestUpdatesTakeOwnership(t *testing.T) {
	s, _ := server(t)
	cm := schema.Find("cm")
	apply(t, s, "A", `{x: "1", k: "1"}`, false)
	_, err := s.Patch(cm, "default", "c", request.Patch{Type: request.MergePatch, Tree: map[string]any{"data": map[string]any{"x": "2", "k": nil}}},
		request.WriteOptions{FieldManager: "kubectl-patch"})
	require.NoError(t, err)
	require.Equal(t, "kubectl-patch Update {data:{x}}", owners(t, s))
	require.Contains(t, apply(t, s, "A", `{x: "1"}`, false), `conflict with "kubectl-patch" using v1 at 2017-02-18T02:00:00Z: .data.x`)
}

func TestTheFirstApplyToAnOldObject(t *testing.T) {
	s, _ := server(t)
	_, err := s.Create(schema.Find("cm"), "default", &api.ConfigMap{ObjectMeta: api.ObjectMeta{Name: "c"}, Data: map[string]string{"x": "1"}}, request.WriteOptions{})
	require.NoError(t, err)
	require.Equal(t, `Apply failed with 1 conflict: conflict with "before-first-apply" using v1: .data.x`, apply(t, s, "A", `{x: "2"}`, false))
	require.Equal(t, "[u:1 x:1]", apply(t, s, "A", `{u: "1"}`, false))
	require.Equal(t, "A Apply {data:{u}}; before-first-apply Update {data:{x}}", owners(t, s))
}

func TestApplyMergesListsByKey(t *testing.T) {
	s, _ := server(t)
	res := schema.Find("deploy")
	containers := func(manager, containers string) string {
		tree, err := schema.ReadTree([]byte(`{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: `+containers+`}}}}`), "d")
		require.NoError(t, err)
		o, err := s.Patch(res, "default", "web", request.Patch{Type: request.ApplyPatch, Tree: tree}, request.WriteOptions{FieldManager: manager})
		if err != nil {
			return err.Error()
		}
		var out []string
		for _, c := range o.(*api.Deployment).Spec.Template.Spec.Containers {
			out = append(out, c.Name+"="+c.Image)
		}
		return strings.Join(out, " ")
	}
	require.Equal(t, "c=x", containers("A", "[{name: c, image: x}]"))
	require.Equal(t, "c=x d=q", containers("B", "[{name: d, image: q}]"))
	require.Equal(t, `Apply failed with 1 conflict: conflict with "A": .spec.template.spec.containers[name="c"].image`, containers("B", "[{name: c, image: z}]"))
	require.Equal(t, "d=q", containers("A", "[{name: d, image: q}]"), "c was A's alone")
}

func TestApplyRefuses(t *testing.T) {
	r := newRest(t)
	const applyType = string(request.ApplyPatch)
	for _, test := range []struct {
		query, body string
		code        int
		message     string
	}{
		{"", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}", 422, "fieldManager: Required value: is required for apply patch"},
		{"?fieldManager=a", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: d}", 400, "metadata.name must be c"},
		{"?fieldManager=a", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, managedFields: []}", 400, "metadata.managedFields must be nil"},
		{"?fieldManager=a", "apiVersion: v1\nkind: Secret\nmetadata: {name: c}", 400, "incorrect type specified for patch"},
		{"?fieldManager=a", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: 1}", 400, "cannot unmarshal number"},
	} {
		code, tree := r.call("PATCH", maps+"/c"+test.query, applyType, test.body)
		require.Equal(t, test.code, code, tree)
		require.Contains(t, tree["message"], test.message)
	}
	code, tree := r.call("PATCH", maps+"/c?fieldManager=a", applyType, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: b}")
	require.Equal(t, 200, code, tree)
}

// Whatever managers apply by force: applying again changes nothing; a field is there as long as somebody owns it; and who owns what
// is what each applied last, but for what others took over.
func TestOwnershipIsAFunctionOfHistory(t *testing.T) {
	keys := []string{"a", "b", "c"}
	rapid.Check(t, func(t *rapid.T) {
		s, _ := server(t)
		last := map[string]map[string]string{}
		for range rapid.IntRange(1, 12).Draw(t, "applies") {
			manager := rapid.SampledFrom([]string{"A", "B", "C"}).Draw(t, "manager")
			data := rapid.MapOfN(rapid.SampledFrom(keys), rapid.SampledFrom([]string{"1", "2"}), 1, 3).Draw(t, "data")
			var pairs []string
			for k, v := range data {
				pairs = append(pairs, k+`: "`+v+`"`)
			}
			slices.Sort(pairs)
			text := "{" + strings.Join(pairs, ", ") + "}"
			is := apply(t, s, manager, text, true)
			for other := range last { // what is set to another value is no longer the other's
				for k, v := range data {
					if other != manager && last[other][k] != v {
						delete(last[other], k)
					}
				}
			}
			last[manager] = map[string]string{}
			want := map[string]string{}
			for k, v := range data {
				last[manager][k] = v
			}
			for _, own := range last {
				for k, v := range own {
					want[k] = v
				}
			}
			require.Equal(t, strings.TrimPrefix(fmt.Sprint(want), "map"), is)
			before := owners(t, s)
			require.Equal(t, is, apply(t, s, manager, text, false), "applied again")
			require.Equal(t, before, owners(t, s))
		}
	})
}

// What kubectl applied by itself it can go on with on the server, and back: fields that leave the manifest leave the object, and the
// annotation with the last manifest stays and is kept up to date.
func TestKubectlMovesToTheServerAndBack(t *testing.T) {
	s, _ := server(t)
	const annotation = "kubectl.kubernetes.io/last-applied-configuration"
	last := func() string {
		o, err := s.Get(cms, "default", "c")
		require.NoError(t, err)
		return o.Meta().Annotations[annotation]
	}
	cm := &api.ConfigMap{ObjectMeta: api.ObjectMeta{Name: "c", Annotations: map[string]string{annotation: "{}\n"}}, Data: map[string]string{"k": "1", "x": "1"}}
	_, err := s.Create(cms, "default", cm, request.WriteOptions{FieldManager: "kubectl-client-side-apply"})
	require.NoError(t, err)
	require.Equal(t, "[x:1]", apply(t, s, "kubectl", `{x: "1"}`, false), "k has left the manifest")
	require.Equal(t, `{"apiVersion":"v1","data":{"x":"1"},"kind":"ConfigMap","metadata":{"name":"c"}}`+"\n", last())
	require.Equal(t, "kubectl Apply {data:{x}}; kubectl-last-applied Update {metadata:{annotations:{kubectl.kubernetes.io/last-applied-configuration}}}", owners(t, s))

	patch := map[string]any{"data": map[string]any{"y": "2"}, "metadata": map[string]any{"annotations": map[string]any{annotation: "{1}"}}}
	_, err = s.Patch(cms, "default", "c", request.Patch{Type: request.MergePatch, Tree: patch}, request.WriteOptions{FieldManager: "kubectl-client-side-apply"})
	require.NoError(t, err)
	require.Contains(t, owners(t, s), "kubectl-client-side-apply Update {data:{y}")
	require.Equal(t, "[x:3]", apply(t, s, "kubectl", `{x: "3"}`, false), "y too is taken over")
	require.Contains(t, last(), `"x":"3"`)
	require.NotContains(t, owners(t, s), "client-side")
	require.Equal(t, "[x:3 z:1]", apply(t, s, "somebody", `{z: "1"}`, false))
	require.Contains(t, last(), `"data":{"x":"3"}`, "others do not touch it")
}

// Patches whose form is wrong are refused in upstream's words; none of them ends the server.
func TestPatchesOfAWrongForm(t *testing.T) {
	r := newRest(t)
	code, tree := r.call("POST", "/apis/apps/v1/namespaces/default/deployments", "", deploy)
	require.Equal(t, 201, code, tree)
	const containers = `{"spec":{"template":{"spec":{"containers":`
	for _, test := range []struct {
		typ, patch string
		code       int
		message    string
	}{
		{smp, containers + `[{"image":"z"}]}}}}`, 500, "map: map[image:z] does not contain declared merge key: name"},
		{smp, containers + `[{"name":"c","$patch":"foo"}]}}}}`, 500, "unknown patch type: foo in map: map[$patch:foo name:c]"},
		{smp, containers + `[{"$patch":"delete"}]}}}}`, 500, "map: map[$patch:delete] does not contain declared merge key: name"},
		{smp, containers + `["c"]}}}}`, 500, "list element types are not identical"},
		{smp, `{"metadata":{"finalizers":[{}]}}`, 500, "list element types are not identical"},
		{smp, `{"$patch":"never"}`, 500, "unknown patch type: never in map: map[$patch:never]"},
		{smp, `{"metadata":{"$deleteFromPrimitiveList/finalizers":"x"}}`, 400, "invalid patch format of primitive list"},
		{smp, `{"metadata":{"$setElementOrder/finalizers":"x"}}`, 400, "invalid patch format of setElementOrder list"},
		{smp, `{"spec":{"strategy":{"$retainKeys":["type"],"rollingUpdate":{}}}}`, 400, "invalid patch format of retainKeys"},
		{smp, `[]`, 400, "cannot unmarshal array into Go value of type map[string]interface {}"},
		{merge, `"x"`, 400, "cannot unmarshal string into Go value of type map[string]interface {}"},
		{merge, `{"kind":"Pod"}`, 400, `Pod in version "v1" cannot be handled as a Deployment: no kind "Pod" is registered for version "apps/v1"`},
		{jsonp, `{"op":"add"}`, 400, "cannot unmarshal object into Go value of type jsonpatch.Patch"},
		{jsonp, `[{"op":"add","path":"x","value":1}]`, 422, "the server rejected our request"},
		{jsonp, `[1]`, 422, "the server rejected our request"},
	} {
		code, tree := r.call("PATCH", "/apis/apps/v1/namespaces/default/deployments/web", test.typ, test.patch)
		require.Equal(t, test.code, code, "%s: %v", test.patch, tree)
		require.Contains(t, tree["message"], test.message, test.patch)
	}
}
