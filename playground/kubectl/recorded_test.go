package kubectl

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/internal/shell"
)

// recorded is one command line and what kubectl 1.37.2 answered against the still world.
type recorded struct{ line, stdout, stderr, code string }

// recordings reads testdata/recorded.txt: "$ " a command line, "| " a line of its output, "! " one of its errors, "? " its exit
// code unless 0. A line that ends in %NOEOL has no line end.
func recordings(t testing.TB) []recorded {
	t.Helper()
	src, err := os.ReadFile("testdata/recorded.txt")
	require.NoError(t, err)
	var all []recorded
	for line := range strings.Lines(string(src)) {
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		mark, text := line[0], line[2:]
		text = strings.Replace(text, "%NOEOL\n", "", 1)
		if mark == '$' {
			all = append(all, recorded{line: strings.TrimSpace(text), code: "0"})
			continue
		}
		require.NotEmpty(t, all, line)
		switch r := &all[len(all)-1]; mark {
		case '|':
			r.stdout += text
		case '!':
			r.stderr += text
		case '?':
			r.code = strings.TrimSpace(text)
		default:
			t.Fatalf("recorded.txt: what is %q?", line)
		}
	}
	return all
}

// words splits a command line as a shell does.
func words(t testing.TB, line string) []string {
	t.Helper()
	s, err := shell.Parse(line)
	require.NoError(t, err, line)
	var out []string
	for _, w := range s.Lists[0].Pipelines[0].Commands[0].Words {
		out = append(out, shell.Expand(w, shell.Vars{})...)
	}
	return out
}

// play runs a command line in a still world of its own.
func play(t testing.TB, line string) recorded {
	t.Helper()
	env := stillWorld(t)
	env.Files = folder("testdata/")
	res := Run(env, words(t, line)[1:])
	return recorded{line, res.Stdout, res.Stderr, strconv.Itoa(res.Code)}
}

// folder is a folder of the disk.
type folder string

func (f folder) Names() []string { return nil }

func (f folder) ReadFile(name string) ([]byte, error) { return os.ReadFile(string(f) + name) }

// differs are the command lines of testdata/differs.txt, whose answers are other than kubectl's on purpose.
func differs(t testing.TB) map[string]bool {
	t.Helper()
	src, err := os.ReadFile("testdata/differs.txt")
	require.NoError(t, err)
	known := map[string]bool{}
	for line := range strings.Lines(string(src)) {
		if text, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), "$ "); ok {
			known[text] = true
		}
	}
	return known
}

// ownLine tells whether a line of an answer is one that kubectl does not have: where a mistake stands, or what was meant.
func ownLine(line string) bool {
	return strings.HasPrefix(line, "  at ") || strings.HasPrefix(line, "Did you mean ") && !strings.HasPrefix(line, "Did you mean this?")
}

// withoutOwn is an answer without our own lines.
func (r recorded) withoutOwn() recorded {
	var b strings.Builder
	for line := range strings.Lines(r.stderr) {
		if !ownLine(line) {
			b.WriteString(line)
		}
	}
	r.stderr = b.String()
	return r
}

// TestAnswersLikeKubectl is the promise: what was recorded is answered byte for byte, lines of our own aside. The lines of
// testdata/differs.txt must still differ: one that no longer does has to leave that list.
func TestAnswersLikeKubectl(t *testing.T) {
	known := differs(t)
	all := recordings(t)
	require.Less(t, len(known)*50, len(all), "more than one answer in fifty differs")
	for _, want := range all {
		t.Run(want.line, func(t *testing.T) {
			diff := cmp.Diff(want, play(t, want.line).withoutOwn(), cmp.AllowUnexported(recorded{}))
			switch {
			case known[want.line] && diff == "":
				t.Errorf("this is answered as kubectl answers it: take it off testdata/differs.txt")
			case !known[want.line] && diff != "":
				t.Errorf("(-kubectl +ours):\n%s", diff)
			}
		})
	}
}

// TestErrorsPointAtTheMistake keeps the lines of our own.
func TestErrorsPointAtTheMistake(t *testing.T) {
	for line, want := range map[string]string{
		"kubectl get podz":                              "Did you mean pods?\n",
		"kubectl get pods --field-selecto=a=b":          "Did you mean --field-selector?\n",
		"kubectl apply -f manifests/unknown-field.yaml": "  at manifests/unknown-field.yaml:8:5: did you mean image?\n  at manifests/unknown-field.yaml:10:3: did you mean restartPolicy?\n",
		"kubectl create -f manifests/tabs.yaml":         "  at manifests/tabs.yaml:4:1: YAML indents with spaces; this line begins with a tab\n",
		"kubectl apply -f manifests/no-name.yaml":       "  at manifests/no-name.yaml:1:1: apply needs metadata.name; kubectl create can make one from generateName\n",
	} {
		require.Contains(t, play(t, line).stderr, want, line)
	}
}
