package golden

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func ExampleReport() {
	if err := Report(os.Stdout, "testdata/one"); err != nil {
		fmt.Println(err)
	}
	// Output:
	// area                    steps      scenarios
	// rollout             1 of    1      1 of    1
	// golden: 1 of 1 scenarios equal
}

// known are the recordings that are played otherwise, by testdata/differs.txt: a name and behind a colon the reason.
func known(t *testing.T) map[string]string {
	t.Helper()
	f, err := os.Open("testdata/differs.txt")
	require.NoError(t, err)
	defer f.Close()
	out := map[string]string{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		name, reason, ok := strings.Cut(line, ": ")
		require.True(t, ok && reason != "", "differs.txt: no reason in %q", line)
		require.NotContains(t, out, name, "differs.txt")
		out[name] = reason
	}
	return out
}

// TestRecordings plays every recording. Those of testdata/differs.txt must differ, for the reason given, and no other.
func TestRecordings(t *testing.T) {
	differs := known(t)
	seen := map[string]bool{}
	total, others := 0, 0
	err := ReplayAll("testdata/cluster", func(o *Outcome) {
		total++
		seen[o.Name] = true
		reason, listed := differs[o.Name]
		switch {
		case o.Same() && listed:
			t.Errorf("%s is as recorded: take it off testdata/differs.txt", o.Name)
		case o.Same():
		case !listed:
			t.Errorf("%s", o)
		case len(o.Missing) > 0 && strings.HasPrefix(reason, "needs "):
			if want := "needs " + strings.Join(o.Missing, ", "); reason != want {
				t.Errorf("testdata/differs.txt says of %s %q, but it %s", o.Name, reason, want)
			}
		default:
			others++
		}
	})
	require.NoError(t, err)
	require.Greater(t, total, 300)
	for name := range differs {
		require.True(t, seen[name], "testdata/differs.txt names %s, which is no recording", name)
	}
	require.Less(t, others*50, total, "more than one recording in fifty differs for another reason than a kind to come")
}

// TestEveryOpIsKnown: a folder this package has never seen may use any op of FORMAT.md.
func TestEveryOpIsKnown(t *testing.T) {
	w, err := newWorld(t.TempDir(), "rollout", "group", []nodeSpec{{Name: "n1"}})
	require.NoError(t, err)
	for _, op := range []string{
		"apply", "create", "kubectl", "api", "evict", "createraw", "createtext", "ready", "run", "unready", "succeed", "fail", "killpod", "drive",
		"wait", "waitfor", "cronwait", "twoowners", "observe",
	} {
		st := step{Op: op, Method: "GET", Path: "/api/v1/namespaces/{ns}/pods", Args: []string{"get", "pods"}, Kinds: []string{"pods"}, Regex: "x"}
		_, err := w.do(&st)
		require.NoError(t, err, op)
	}
	for _, action := range []string{"add", "notready", "unknown", "readyagain", "delete"} {
		_, err := w.do(&step{Op: "node", Action: action, Name: "n2"})
		require.NoError(t, err, action)
	}
	_, err = w.do(&step{Op: "frob"})
	require.ErrorContains(t, err, `what is the op "frob"?`)
}

// A pod that asks for it is left to the recorder's hand.
func TestTheManualKubelet(t *testing.T) {
	w, err := newWorld(t.TempDir(), "job", "each", []nodeSpec{{Name: "n1"}})
	require.NoError(t, err)
	manifest := func(name string) string {
		return "apiVersion: v1\nkind: Pod\nmetadata: {name: " + name + ", annotations: {kubelet: manual, kubelet-delete: hold}}\nspec: {containers: [{name: c, image: i}]}\n"
	}
	do := func(st step) any {
		t.Helper()
		result, err := w.do(&st)
		require.NoError(t, err)
		require.NoError(t, w.settle(w.settled))
		w.look()
		return result
	}
	phases := func() string {
		var out []string
		for _, o := range w.objects("pods") {
			p := w.pod(o)
			out = append(out, fmt.Sprint(get(o, "metadata", "name"), " ", p["phase"], " ", p["ready"], " ", p["deleting"] == true))
		}
		slices.Sort(out)
		return strings.Join(out, "; ")
	}
	do(step{Op: "createraw", Docs: []string{manifest("a")}})
	do(step{Op: "createraw", Docs: []string{manifest("b")}})
	require.Equal(t, "a Pending false false; b Pending false false", phases())
	require.Equal(t, map[string]any{"pods": []any{"a"}}, do(step{Op: "ready", Count: 1}), "the oldest first")
	do(step{Op: "run", Pods: "b"})
	require.Equal(t, "a Running true false; b Running false false", phases())
	do(step{Op: "unready", Pods: "a"})
	do(step{Op: "succeed", Pods: "b"})
	require.Equal(t, "a Running false false; b Succeeded false false", phases())
	do(step{Op: "kubectl", Args: []string{"delete", "pod", "a", "--wait=false"}})
	require.Equal(t, "a Running false true; b Succeeded false false", phases())
	do(step{Op: "killpod"})
	require.Equal(t, "b Succeeded false false", phases())
}

// A recording that cannot be read is one that differs; the others are played all the same.
func TestAnUnreadableRecordingDiffers(t *testing.T) {
	dir := t.TempDir()
	for _, f := range []struct{ name, text string }{
		{"broken/steps.json", "{"}, {"broken/expected.json", "{}"}, {"strange/expected.json", "{}"}, {"empty/readme.txt", ""},
		{"short/steps.json", `{"steps":[{"op":"observe"}]}`}, {"short/expected.json", `{"area":"x","steps":[]}`},
		{"good/steps.json", `{"nodes":[],"steps":[{"op":"observe"}]}`}, {"good/expected.json", `{"area":"x","steps":[{"state":{"pods":[]}}]}`},
	} {
		require.NoError(t, os.MkdirAll(dir+"/"+strings.Split(f.name, "/")[0], 0o755))
		require.NoError(t, os.WriteFile(dir+"/"+f.name, []byte(f.text), 0o644))
	}
	var b strings.Builder
	require.NoError(t, Report(&b, dir))
	require.Contains(t, b.String(), "differs: broken (unreadable)")
	require.Contains(t, b.String(), "short: 1 steps, but 0 are recorded")
	require.Contains(t, b.String(), "strange: neither steps.json nor tables, selectors or cases")
	require.True(t, strings.HasSuffix(b.String(), "golden: 1 of 4 scenarios equal\n"), b.String())
	require.Error(t, Report(&b, dir+"/none"))
}
