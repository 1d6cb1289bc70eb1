package request

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// apply is a patch of a tree, both written as JSON or YAML, as one line of JSON.
func patchText(t testing.TB, kind string, typ PatchType, tree, patch string) string {
	t.Helper()
	current, err := schema.ReadTree([]byte(tree), "tree")
	require.NoError(t, err)
	change, err := schema.ReadTree([]byte(patch), "patch")
	require.NoError(t, err)
	out, err := patched(schema.Find(kind), current.(map[string]any), Patch{Type: typ, Tree: change})
	if err != nil {
		return "error: " + err.Error()
	}
	b, err := schema.MarshalTree(out)
	require.NoError(t, err)
	return string(b)
}

func TestMergePatch(t *testing.T) {
	for _, test := range []struct{ name, tree, patch, want string }{
		{"a value", `{"a":1}`, `{"a":2}`, `{"a":2}`},
		{"null removes", `{"a":1,"b":{"c":1,"d":2}}`, `{"b":{"c":null}}`, `{"a":1,"b":{"d":2}}`},
		{"a list is replaced", `{"a":[1,2]}`, `{"a":[3]}`, `{"a":[3]}`},
		{"a map in the place of a value", `{"a":1}`, `{"a":{"b":null,"c":2}}`, `{"a":{"c":2}}`},
	} {
		require.Equal(t, test.want, patchText(t, "pods", MergePatch, test.tree, test.patch), test.name)
	}
}

func TestJSONPatch(t *testing.T) {
	const refused = "error: the server rejected our request due to an error in our request"
	for _, test := range []struct{ name, tree, patch, want string }{
		{"add to a map", `{"a":1}`, `[{op: add, path: /b, value: 2}]`, `{"a":1,"b":2}`},
		{"add to a list", `{"a":[1,3]}`, `[{op: add, path: /a/1, value: 2},{op: add, path: /a/-, value: 4}]`, `{"a":[1,2,3,4]}`},
		{"replace", `{"a":{"b":1}}`, `[{op: replace, path: /a/b, value: {c: 1}}]`, `{"a":{"b":{"c":1}}}`},
		{"replace what is not there", `{"a":1}`, `[{op: replace, path: /b, value: 1}]`, refused},
		{"remove", `{"a":[1,2,3]}`, `[{op: remove, path: /a/1}]`, `{"a":[1,3]}`},
		{"remove what is not there", `{"a":1}`, `[{op: remove, path: /b}]`, refused},
		{"move", `{"a":{"b":1}}`, `[{op: move, from: /a/b, path: /c}]`, `{"a":{},"c":1}`},
		{"copy", `{"a":[1]}`, `[{op: copy, from: /a, path: /b},{op: add, path: /b/-, value: 2}]`, `{"a":[1],"b":[1,2]}`},
		{"test holds", `{"a":{"b":[1]}}`, `[{op: test, path: /a, value: {b: [1]}},{op: add, path: /c, value: 1}]`, `{"a":{"b":[1]},"c":1}`},
		{"test fails", `{"a":1}`, `[{op: test, path: /a, value: 2}]`, refused},
		{"escaped names", `{"a/b":1,"c~d":2}`, `[{op: remove, path: /a~1b},{op: replace, path: /c~0d, value: 3}]`, `{"c~d":3}`},
		{"behind the end", `{"a":[1]}`, `[{op: add, path: /a/2, value: 1}]`, refused},
		{"no such operation", `{"a":1}`, `[{op: frob, path: /a}]`, refused},
		{"no list", `{"a":1}`, `{op: add}`, "error: error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch"},
	} {
		require.Equal(t, test.want, patchText(t, "pods", JSONPatch, test.tree, test.patch), test.name)
	}
}

// The orders of lists are those of the documentation "Update API Objects in Place Using kubectl patch".
func TestStrategicPatch(t *testing.T) {
	const pod = `{"spec":{"containers":[{"name":"a","image":"x"},{"name":"b","image":"y"}]}}`
	for _, test := range []struct{ name, tree, patch, want string }{
		{"an element by its key", pod, `{spec: {containers: [{name: b, image: z}]}}`, `{"spec":{"containers":[{"image":"x","name":"a"},{"image":"z","name":"b"}]}}`},
		{"a new element comes first", pod, `{spec: {containers: [{name: c, image: z}]}}`, `{"spec":{"containers":[{"image":"z","name":"c"},{"image":"x","name":"a"},{"image":"y","name":"b"}]}}`},
		{"an element is deleted", pod, `{spec: {containers: [{name: a, $patch: delete}]}}`, `{"spec":{"containers":[{"image":"y","name":"b"}]}}`},
		{"a list is replaced", pod, `{spec: {containers: [{$patch: replace}, {name: c, image: z}]}}`, `{"spec":{"containers":[{"image":"z","name":"c"}]}}`},
		{"a map is replaced", `{"metadata":{"labels":{"a":"1"}}}`, `{metadata: {labels: {$patch: replace, b: "2"}}}`, `{"metadata":{"labels":{"b":"2"}}}`},
		{"null removes", `{"metadata":{"labels":{"a":"1","b":"2"}}}`, `{metadata: {labels: {a: null}}}`, `{"metadata":{"labels":{"b":"2"}}}`},
		{"an order is set", pod, `{spec: {$setElementOrder/containers: [{name: b}, {name: a}], containers: [{name: a, image: z}]}}`, `{"spec":{"containers":[{"image":"y","name":"b"},{"image":"z","name":"a"}]}}`},
		{"only an order", pod, `{spec: {$setElementOrder/containers: [{name: b}, {name: a}]}}`, `{"spec":{"containers":[{"image":"y","name":"b"},{"image":"x","name":"a"}]}}`},
		{"a set grows", `{"metadata":{"finalizers":["x/a"]}}`, `{metadata: {finalizers: [x/b]}}`, `{"metadata":{"finalizers":["x/b","x/a"]}}`},
		{"a set shrinks", `{"metadata":{"finalizers":["x/a","x/b"]}}`, `{metadata: {$deleteFromPrimitiveList/finalizers: [x/a]}}`, `{"metadata":{"finalizers":["x/b"]}}`},
		{"only some keys are kept", `{"spec":{"volumes":[{"name":"v","emptyDir":{}}]}}`, `{spec: {volumes: [{name: v, $retainKeys: [name, hostPath], hostPath: {path: /x}}]}}`, `{"spec":{"volumes":[{"hostPath":{"path":"/x"},"name":"v"}]}}`},
		{"a list without a key is replaced", `{"spec":{"tolerations":[{"key":"a"}]}}`, `{spec: {tolerations: [{key: b}]}}`, `{"spec":{"tolerations":[{"key":"b"}]}}`},
		{"an element without its key", pod, `{spec: {containers: [{image: z}]}}`, `error: map: map[image:z] does not contain declared merge key: name`},
	} {
		require.Equal(t, test.want, patchText(t, "pods", StrategicPatch, test.tree, test.patch), test.name)
	}
}

// smallTree draws a small JSON object.
func smallTree(t *rapid.T, label string) map[string]any {
	value := rapid.OneOf(rapid.Just[any](int64(1)), rapid.Just[any]("x"), rapid.Just[any](map[string]any{"k": "v"}))
	return rapid.MapOf(rapid.SampledFrom([]string{"a", "b", "c"}), value).Draw(t, label)
}

// A merge patch says what it says again: the second time it changes nothing.
func TestMergingTwiceIsMergingOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tree, patch := smallTree(t, "tree"), smallTree(t, "patch")
		once := merged(copied(tree), copied(patch))
		twice := merged(copied(once), copied(patch))
		require.Equal(t, once, twice)
	})
}

// A patch cannot fill the memory: neither by its length nor by copies of copies.
func TestPatchBombsAreStopped(t *testing.T) {
	bomb := strings.Repeat(`{op: copy, from: /a, path: /a/-},`, 40)
	require.Contains(t, patchText(t, "pods", JSONPatch, `{"a":["0123456789"]}`, "["+bomb+"]"),
		"Request entity too large: Unable to complete the copy, the accumulated size increase of copy is ")
	long := strings.Repeat(`{op: test, path: /a, value: 1},`, 10_001)
	require.Contains(t, patchText(t, "pods", JSONPatch, `{"a":1}`, "["+long+"]"), "The allowed maximum operations in a JSON patch is 10000, got 10001")
}
