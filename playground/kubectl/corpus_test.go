package kubectl

import (
	"flag"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/request"
)

var rewriteCorpus = flag.Bool("rewrite", false, "write the answers in testdata/corpus.txt again")

// corpus runs the lines of testdata/corpus.txt one after the other in one world.
type corpus struct {
	c   *orchestrate.Cluster
	env *Env
}

func newCorpus(t *testing.T) *corpus {
	c := orchestrate.New(orchestrate.Options{Seed: 1, Nodes: orchestrate.Nodes(2)})
	w := &corpus{c, &Env{Server: request.New(c), Namespace: "default", Files: folder("testdata/corpus/")}}
	w.env.Exec = func(cmd *Command) Result {
		r, _ := c.Exec("", cmd.Pod, cmd.Container, cmd.Argv)
		if r.Missing {
			return Result{Stderr: `error: Internal error occurred: exec: "` + cmd.Argv[0] + `": executable file not found in $PATH` + "\n", Code: 127}
		}
		if r.Code != 0 {
			r.Err += "command terminated with exit code " + strconv.Itoa(int(r.Code)) + "\n"
		}
		return Result{Stdout: r.Out, Stderr: r.Err, Code: int(r.Code)}
	}
	require.Equal(t, "", w.answer(t, "kubectl apply -f world.yaml").stderr)
	require.NoError(t, c.Advance(40*time.Second))
	return w
}

// answer runs a line to its end, or for a minute.
func (w *corpus) answer(t *testing.T, line string) recorded {
	w.c.Input("", line)
	res := Run(w.env, words(t, line)[1:])
	end := w.c.Now() + time.Minute
	for job := res.Job; job != nil; {
		next, done := job.Poll(w.env)
		res.Stdout += next.Stdout
		res.Stderr += next.Stderr
		if res.Code = next.Code; done {
			break
		}
		if w.c.Now() >= end {
			res.Code = 130 // Ctrl-C
			break
		}
		require.NoError(t, w.c.Advance(100*time.Millisecond))
	}
	if res.Namespace != "" {
		w.env.Namespace = res.Namespace
	}
	require.NoError(t, w.c.Advance(20*time.Second)) // so that the next one finds a world at rest
	return recorded{line, res.Stdout, res.Stderr, strconv.Itoa(res.Code)}
}

// chance is what is another one in every cluster: an answer that has some is not kept.
var chance = regexp.MustCompile(`-[0-9a-f]*\d[0-9a-z]{6,}|\d\.\d+\.\d|[0-9a-f]{8}-[0-9a-f]{4}|\d[smh]\b|T\d\d:|Waiting for`)

// longest is how many lines an answer has that is kept word for word.
const longest = 4

// kept is how an answer stands in the corpus.
func (r recorded) kept() string {
	var b strings.Builder
	b.WriteString("$ " + r.line + "\n")
	all := r.stdout + r.stderr
	if strings.Contains(r.line, "kubectl api-") {
		all = "-0a1b2c3d4" // another one with every kind that is added
	}
	if n := strings.Count(all, "\n"); n <= longest && !chance.MatchString(all) {
		for _, s := range [2]struct{ mark, text string }{{"| ", r.stdout}, {"! ", r.stderr}} {
			for line := range strings.Lines(s.text) {
				if !strings.HasSuffix(line, "\n") {
					line += "%NOEOL\n"
				}
				b.WriteString(s.mark + line)
			}
		}
	}
	if r.code != "0" {
		b.WriteString("? " + r.code + "\n")
	}
	return b.String()
}

// TestCorpus runs lines of every verb over every kind. Each ends with the exit code that stands below it, and prints what stands
// there if anything does; one that fails says why. The real kubectl can be given the same lines.
func TestCorpus(t *testing.T) {
	src, err := os.ReadFile("testdata/corpus.txt")
	require.NoError(t, err)
	w := newCorpus(t)
	var b strings.Builder
	count := 0
	for line := range strings.Lines(string(src)) {
		switch text, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "$ "); {
		case ok:
			count++
			r := w.answer(t, text)
			require.NotContains(t, r.stdout+r.stderr, "\x1b", text)
			if r.code != "0" {
				require.True(t, r.stderr != "" || strings.HasPrefix(text, "kubectl diff") || strings.HasPrefix(text, "kubectl exec") || text == "kubectl rollout", "%s fails silently", text)
			}
			b.WriteString(r.kept())
		case line == "\n" || line[0] == '#':
			b.WriteString(line)
		}
	}
	require.GreaterOrEqual(t, count, 200)
	if *rewriteCorpus {
		require.NoError(t, os.WriteFile("testdata/corpus.txt", []byte(b.String()), 0o644))
		return
	}
	require.Equal(t, string(src), b.String(), "if this is meant, run make rewrite and read the difference")
}
