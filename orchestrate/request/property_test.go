package request_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// Who lists 10,000 objects part by part sees each once and as it was when the list began, whatever others write meanwhile.
func TestPartsOfAListShowOneMoment(t *testing.T) {
	s, _ := server(t)
	const all = 10_000
	for i := range all {
		put(t, s, fmt.Sprintf("c%05d", i), "red")
	}
	r := rand.New(rand.NewPCG(1, 2))
	for _, limit := range []int64{777, 2500, 9_999} {
		want := map[string]string{}
		list, err := s.List(cms, "default", request.ListOptions{LabelSelector: "team"})
		require.NoError(t, err)
		for _, o := range list {
			want[o.Meta().Name] = o.Meta().Labels["team"] + o.Meta().ResourceVersion.String()
		}
		at, have, token := s.Revision(), map[string]string{}, ""
		for {
			page, err := s.ListPage(cms, "default", request.ListOptions{LabelSelector: "team"}, request.PageOptions{Limit: limit, Continue: token})
			require.NoError(t, err)
			require.Equal(t, at, page.Revision)
			require.LessOrEqual(t, int64(len(page.Items)), limit)
			before := len(have)
			for _, o := range page.Items {
				have[o.Meta().Name] = o.Meta().Labels["team"] + o.Meta().ResourceVersion.String()
			}
			require.Len(t, have, before+len(page.Items), "each once")
			require.EqualValues(t, len(want)-len(have), page.Remaining)
			if token = page.Continue; token == "" {
				break
			}
			for range r.IntN(20) {
				name := fmt.Sprintf("c%05d", r.IntN(all+50))
				if r.IntN(2) == 0 {
					_, _ = s.Delete(cms, "default", name, request.DeleteOptions{})
				} else {
					put(t, s, name, "blue")
				}
			}
		}
		require.True(t, reflect.DeepEqual(want, have))
	}
}

// A list of any moment and a watch from there add up to what a list shows now.
func TestAListOfAnyMomentAndAWatchAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, _ := server(t)
		begin := s.Revision()
		for range rapid.IntRange(1, 40).Draw(t, "writes") {
			name := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "name")
			if rapid.IntRange(0, 3).Draw(t, "what") == 0 {
				_, _ = s.Delete(cms, "default", name, request.DeleteOptions{})
			} else {
				put(t, s, name, rapid.SampledFrom([]string{"red", "blue"}).Draw(t, "team"))
			}
		}
		o := request.ListOptions{LabelSelector: rapid.SampledFrom([]string{"", "team=red", "team!=red"}).Draw(t, "selector")}
		now := map[string]api.Revision{}
		list, err := s.List(cms, "default", o)
		require.NoError(t, err)
		for _, obj := range list {
			now[obj.Meta().Name] = obj.Meta().ResourceVersion
		}
		for rev := begin; rev <= s.Revision(); rev++ {
			page, err := s.ListPage(cms, "default", o, request.PageOptions{Revision: rev, Exact: true})
			require.NoError(t, err)
			state := map[string]api.Revision{}
			for _, obj := range page.Items {
				state[obj.Meta().Name] = obj.Meta().ResourceVersion
			}
			w := newWatch(t, s, request.WatchOptions{ListOptions: o, Revision: rev})
			for e, ok := w.Next(); ok; e, ok = w.Next() {
				if delete(state, e.Object.Meta().Name); e.Type != request.Deleted {
					state[e.Object.Meta().Name] = e.Object.Meta().ResourceVersion
				}
			}
			require.Equal(t, now, state, "from %d", rev)
		}
	})
}

// names are the keys of a map, in order.
func names[V any](m map[string]V) (out []string) {
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// said is what a manager applies in the histories below: who, what, and whether by force.
type said struct {
	manager, data string
	force         bool
}

func drawSaid(t *rapid.T, manager string, keys []string) said {
	data := rapid.MapOfN(rapid.SampledFrom(keys), rapid.SampledFrom([]string{"1", "2"}), 1, len(keys)).Draw(t, "data")
	var pairs []string
	for _, k := range names(data) {
		pairs = append(pairs, k+`: "`+data[k]+`"`)
	}
	return said{manager, "{" + strings.Join(pairs, ", ") + "}", rapid.Bool().Draw(t, "force")}
}

// Who owns what is what the history says and nothing else: the same history gives the same bytes, and managers who never speak of the
// same field may come in any order.
func TestTheSameHistoryGivesTheSameOwners(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var history []said
		for range rapid.IntRange(1, 10).Draw(t, "applies") {
			history = append(history, drawSaid(t, rapid.SampledFrom([]string{"A", "B"}).Draw(t, "manager"), []string{"a", "b", "c"}))
		}
		play := func() (answers []string, owned string) {
			s, _ := server(t)
			for _, h := range history {
				answers = append(answers, apply(t, s, h.manager, h.data, h.force))
			}
			o, err := s.Get(cms, "default", "c")
			require.NoError(t, err)
			b, err := schema.Marshal(o)
			require.NoError(t, err)
			return answers, string(b)
		}
		answers, owned := play()
		again, twice := play()
		require.Equal(t, answers, again)
		require.Equal(t, owned, twice)
		for i, a := range answers {
			if rest, failed := strings.CutPrefix(a, "Apply failed with "); failed {
				other := map[string]string{"A": "B", "B": "A"}[history[i].manager]
				require.Contains(t, rest, `with "`+other+`"`, "the other is named")
				require.False(t, history[i].force, "force takes")
			}
		}
	})
}

func TestIndependentManagersMayComeInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// The first makes the object, so that it is there for all.
		of := map[string][]said{}
		managers := []string{"A", "B", "C"}
		for i, m := range managers {
			for range rapid.IntRange(1, 3).Draw(t, "applies") {
				of[m] = append(of[m], drawSaid(t, m, []string{fmt.Sprint("x", i), fmt.Sprint("y", i)}))
			}
		}
		results := map[string]bool{}
		for range 3 {
			s, _ := server(t)
			apply(t, s, "first", `{z: "0"}`, false)
			left := map[string][]said{}
			for _, m := range managers {
				left[m] = of[m]
			}
			data := ""
			for len(left) > 0 {
				m := rapid.SampledFrom(names(left)).Draw(t, "next")
				h := left[m][0]
				if left[m] = left[m][1:]; len(left[m]) == 0 {
					delete(left, m)
				}
				data = apply(t, s, h.manager, h.data, h.force)
				require.NotContains(t, data, "failed", "nobody is in the way")
			}
			results[data+" "+owners(t, s)] = true
		}
		require.Len(t, results, 1)
	})
}

// drawTree draws a tree as a manifest of a Deployment may have it, with lists that are merged by a key.
func drawTree(t *rapid.T, label string) map[string]any {
	containerNames := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c", "d"}), 0, 4, rapid.ID[string]).Draw(t, label+" containers")
	var containers []any
	for _, n := range containerNames {
		c := map[string]any{"name": n}
		for _, k := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"image", "workingDir"}), 0, 2, rapid.ID[string]).Draw(t, label+" fields") {
			c[k] = rapid.SampledFrom([]string{"1", "2"}).Draw(t, label+" value")
		}
		containers = append(containers, c)
	}
	labels := map[string]any{}
	for k, v := range rapid.MapOf(rapid.SampledFrom([]string{"x", "y", "z"}), rapid.SampledFrom([]string{"1", "2"})).Draw(t, label+" labels") {
		labels[k] = v
	}
	return map[string]any{
		"metadata": map[string]any{"labels": labels},
		"spec":     map[string]any{"template": map[string]any{"spec": map[string]any{"containers": containers}}},
	}
}

// leaves are the values of a tree by their path; elements of lists go by their name.
func leaves(path string, v any, into map[string]any) map[string]any {
	switch v := v.(type) {
	case map[string]any:
		for k, item := range v {
			leaves(path+"."+k, item, into)
		}
	case []any:
		for _, item := range v {
			leaves(fmt.Sprintf("%s[%v]", path, item.(map[string]any)["name"]), item, into)
		}
	default:
		into[path] = v
	}
	return into
}

// Of three versions, the merge keeps what neither manifest speaks of, has all that the new one says, and nothing that only the old one
// said; and merging again changes nothing.
func TestAThreeWayMergeKeepsWhatIsForeign(t *testing.T) {
	deploy := schema.Find("deploy")
	rapid.Check(t, func(t *rapid.T) {
		original, modified, current := drawTree(t, "original"), drawTree(t, "modified"), drawTree(t, "current")
		before := fmt.Sprint(original, modified, current)
		merged := schema.ThreeWay(deploy, original, modified, current)
		require.Equal(t, before, fmt.Sprint(original, modified, current), "none is changed")
		was, says, had := leaves("", original, map[string]any{}), leaves("", modified, map[string]any{}), leaves("", current, map[string]any{})
		is := leaves("", merged, map[string]any{})
		for path, v := range says {
			require.Equal(t, v, is[path], path)
		}
		for path, v := range had {
			_, mine := was[path]
			_, named := says[path]
			element, _, inList := strings.Cut(path, "]")
			_, dropped := was[element+"].name"]
			_, kept := says[element+"].name"]
			switch {
			case named, inList && dropped && !kept: // what it says, or an element that goes as a whole
			case mine:
				require.NotContains(t, is, path)
			default:
				require.Equal(t, v, is[path], "%s is foreign", path)
			}
		}
		require.Equal(t, merged, schema.ThreeWay(deploy, modified, modified, merged))
	})
}

// A JSON patch whose last test fails has done nothing at all.
func TestAFailedTestUndoesAPatch(t *testing.T) {
	op := rapid.Custom(func(t *rapid.T) string {
		key := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "key")
		return rapid.SampledFrom([]string{
			`{"op":"add","path":"/data/` + key + `","value":"x"}`, `{"op":"add","path":"/metadata/labels/` + key + `","value":"x"}`,
			`{"op":"replace","path":"/data/a","value":"` + key + `"}`, `{"op":"copy","from":"/data/a","path":"/data/` + key + `"}`,
			`{"op":"move","from":"/data/b","path":"/data/` + key + `"}`, `{"op":"remove","path":"/data/` + key + `"}`,
		}).Draw(t, "op")
	})
	r := newRest(t)
	code, tree := r.call("POST", maps, "", `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","labels":{"l":"1"}},"data":{"a":"1","b":"2"}}`)
	require.Equal(t, 201, code, tree)
	_, before := r.call("GET", maps+"/c", "", "")
	rapid.Check(t, func(t *rapid.T) {
		ops := append(rapid.SliceOfN(op, 0, 8).Draw(t, "ops"), `{"op":"test","path":"/data/a","value":"never"}`)
		a := r.s.Serve(request.Call{Method: "PATCH", Path: maps + "/c", ContentType: jsonp, Body: []byte("[" + strings.Join(ops, ",") + "]")})
		require.Equal(t, 422, a.Code)
		var after map[string]any
		require.NoError(t, json.Unmarshal(r.s.Serve(request.Call{Method: "GET", Path: maps + "/c"}).Body, &after))
		require.Equal(t, before, after)
	})
}

// The rules of resourceVersion and what surrounds them, with the codes, reasons and texts of upstream.
func TestTheRulesOfVersions(t *testing.T) {
	r := newRest(t)
	code, made := r.call("POST", maps, "", `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{"a":"1"}}`)
	require.Equal(t, 201, code)
	stale := at(made, "metadata", "resourceVersion").(string)
	put(t, r.s, "d", "red")
	put(t, r.s, "e", "red")
	page := r.tree(maps+"?limit=1", "")
	token := at(page, "metadata", "continue").(string)
	begun := at(page, "metadata", "resourceVersion").(string)
	code, _ = r.call("PATCH", maps+"/c", merge, `{"data":{"a":"2"}}`)
	require.Equal(t, 200, code)
	require.NoError(t, r.c.Advance(10*time.Minute))
	forgetful := *r
	forgetful.s = r.s.Remembering(5 * time.Minute)
	now := r.s.Revision().String()
	body := func(meta string) string {
		return `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c",` + meta + `},"data":{"a":"3"}}`
	}
	for _, test := range []struct {
		name, method, path, typ, body string
		code                          int
		reason, message               string
	}{
		{"a PUT of what has changed", "PUT", "/c", "", body(`"resourceVersion":"` + stale + `"`), 409, "Conflict",
			`Operation cannot be fulfilled on configmaps "c": the object has been modified; please apply your changes to the latest version and try again`},
		{"a merge patch of what has changed", "PATCH", "/c", merge, `{"metadata":{"resourceVersion":"` + stale + `"},"data":{"a":"9"}}`, 409, "Conflict", "the object has been modified"},
		{"a PUT of another object", "PUT", "/c", "", body(`"uid":"11111111-1111-1111-1111-111111111111"`), 409, "Conflict",
			"Precondition failed: UID in precondition: 11111111-1111-1111-1111-111111111111, UID in object meta: "},
		{"a GET of the future", "GET", "/c?resourceVersion=999999", "", "", 504, "Timeout", "Timeout: Too large resource version: 999999, current: " + now},
		{"a list of the future", "GET", "?resourceVersion=999999", "", "", 504, "Timeout", "Too large resource version: 999999"},
		{"a version that is none", "GET", "?resourceVersion=abc", "", "", 422, "Invalid", `resourceVersion: Invalid value: "abc"`},
		{"a token that is none", "GET", "?continue=bad", "", "", 400, "BadRequest", "continue key is not valid"},
		{"a token and a version", "GET", "?continue=" + token + "&resourceVersion=7", "", "", 400, "BadRequest", "specifying resource version is not allowed when using continue"},
		{"a limit that is none", "GET", "?limit=x", "", "", 400, "BadRequest", `strconv.ParseInt: parsing "x": invalid syntax`},
		{"a DELETE of another object", "DELETE", "/c", "", `{"preconditions":{"uid":"22222222-2222-2222-2222-222222222222"}}`, 409, "Conflict", "the UID in the precondition (22222222-2222-2222-2222-222222222222) does not match the UID in record ("},
		{"a DELETE of what has changed", "DELETE", "/c", "", `{"preconditions":{"resourceVersion":"` + stale + `"}}`, 409, "Conflict", "the ResourceVersion in the precondition (" + stale + ") does not match the ResourceVersion in record ("},
		{"a POST with a version", "POST", "", "", `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"n","resourceVersion":"5"}}`, 400, "BadRequest", "resourceVersion should not be set on objects to be created"},
		{"a POST of what is there", "POST", "", "", body(`"labels":{}`), 409, "AlreadyExists", `configmaps "c" already exists`},
		{"a patch of no known type", "PATCH", "/c", "text/plain", "{}", 415, "UnsupportedMediaType", ""},
		{"a test that fails", "PATCH", "/c", jsonp, `[{"op":"test","path":"/data/a","value":"x"}]`, 422, "Invalid", "the server rejected our request due to an error in our request"},
	} {
		code, tree := r.call(test.method, maps+test.path, test.typ, test.body)
		require.Equal(t, test.code, code, "%s: %v", test.name, tree)
		require.Equal(t, test.reason, tree["reason"], test.name)
		require.Contains(t, tree["message"], test.message, test.name)
	}
	for _, query := range []string{"?continue=" + token, "?resourceVersion=" + begun + "&resourceVersionMatch=Exact"} {
		code, tree := forgetful.call("GET", maps+query, "", "")
		require.Equal(t, 410, code, query)
		require.Equal(t, "Expired", tree["reason"])
	}
}
