package playground_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/slipway-dev/slipway/playground"
	"github.com/stretchr/testify/require"
)

var rewrite = flag.Bool("rewrite", false, "write the transcripts again instead of comparing them")

// A transcript is a lesson that is replayed. Lines begin with what they are:
//
//	# text            for people
//	@ nodes N [cpu=Q] [memory=Q]    the machines; before the first command; 3 unless said
//	$ line            what is typed; a line that begins with > goes on with it
//	$ settle          time passes until no command waits and the world is quiet
//	$ wait 30s        so much time passes
//	? claim           what must hold: see [claim]
//
// All others are what was printed. One that would be taken for something else, or is empty, begins with a backslash.
type transcript struct {
	t       testing.TB
	name    string
	session *playground.Session
	nodes   []orchestrate.NodeSpec
	since   api.Revision // the revision before the last line that changed something
	out     strings.Builder
}

func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/transcripts/*.txt")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), 15)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			src, err := os.ReadFile(file)
			require.NoError(t, err)
			got := replay(t, file, string(src))
			if *rewrite {
				require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
				return
			}
			if diff := cmp.Diff(string(src), got); diff != "" {
				t.Errorf("%s: (-want +got); if the change is meant, run make rewrite and say why in the commit\n%s", file, diff)
			}
		})
	}
}

// A replay must notice what differs: a claim that does not hold, and an output that is another one.
func TestATranscriptNoticesWhatIsNotSo(t *testing.T) {
	const src = "$ kubectl run web --image=nginx\npod/web created\n$ settle\n? pods run=web == 1\n$ kubectl get nodes -o name\nnode/node-1\nnode/node-2\nnode/node-3\n? ready run=web <= 1 always\n"
	require.Equal(t, src, replay(t, "a", src))
	require.Equal(t, src, replay(t, "a", strings.Replace(src, "pod/web created", "something else", 1)))
	tr := transcript{t: t}
	tr.run("kubectl run other --image=nginx")
	tr.run("settle")
	require.NoError(t, tr.claim(strings.Fields("ready run=other == 1")))
	require.ErrorContains(t, tr.claim(strings.Fields("ready run=other == 1 always")), "there are 0 at revision")
	for _, c := range []string{"pods run=web == 1", "ready run=web >= 1 always"} {
		require.Error(t, tr.claim(strings.Fields(c)), c)
	}
	require.ErrorContains(t, tr.claim([]string{"pods", "run=web", "=", "1"}), "usage")
}

// replay runs the lines of a transcript and gives it with what they print now.
func replay(t testing.TB, name, src string) string {
	tr := &transcript{t: t, name: name}
	lines := strings.Split(strings.TrimSuffix(src, "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		switch {
		case strings.HasPrefix(line, "#"), line == "":
			tr.out.WriteString(line + "\n")
		case strings.HasPrefix(line, "@ "):
			tr.out.WriteString(line + "\n")
			tr.machines(strings.Fields(line[2:]))
		case strings.HasPrefix(line, "$ "):
			tr.out.WriteString(line + "\n")
			text := line[2:]
			for i+1 < len(lines) && strings.HasPrefix(lines[i+1], ">") {
				i++
				tr.out.WriteString(lines[i] + "\n")
				text += "\n" + strings.TrimPrefix(strings.TrimPrefix(lines[i], ">"), " ")
			}
			tr.run(text)
		case strings.HasPrefix(line, "? "):
			tr.out.WriteString(line + "\n")
			tr.open()
			if err := tr.claim(strings.Fields(line[2:])); err != nil {
				t.Errorf("%s:%d: %s: %v", name, i+1, line, err)
			}
		}
	}
	return tr.out.String()
}

func (tr *transcript) machines(words []string) {
	require.True(tr.t, len(words) > 1 && words[0] == "nodes" && tr.session == nil, "%s: @ nodes N [cpu=Q] [memory=Q], before the first command", tr.name)
	n, err := strconv.Atoi(words[1])
	require.NoError(tr.t, err)
	tr.nodes = orchestrate.Nodes(n)
	for i := range tr.nodes {
		for _, w := range words[2:] {
			switch k, v, _ := strings.Cut(w, "="); k {
			case "cpu":
				tr.nodes[i].CPU = v
			case "memory":
				tr.nodes[i].Memory = v
			default:
				require.Fail(tr.t, "no machine has this", w)
			}
		}
	}
}

func (tr *transcript) open() {
	if tr.session != nil {
		return
	}
	if tr.nodes == nil {
		tr.nodes = orchestrate.Nodes(3)
	}
	s, err := playground.Open(playground.Scenario{Seed: 7, Nodes: tr.nodes})
	require.NoError(tr.t, err)
	tr.session = s
}

// run types a line, or lets time pass, and writes what is printed.
func (tr *transcript) run(text string) {
	tr.open()
	s := tr.session
	var out []playground.Output
	var err error
	words := strings.Fields(text)
	switch {
	case text == "settle":
		out, err = s.Settle(time.Hour)
	case len(words) == 2 && words[0] == "wait":
		d, bad := time.ParseDuration(words[1])
		require.NoError(tr.t, bad)
		out, err = s.Advance(d)
	case text == "^C":
		out, err = s.Interrupt()
	default:
		if told, moved, bad := s.Travel(text); moved {
			out, err = []playground.Output{{Stream: playground.Out, Text: told}}, bad
			break
		}
		before := s.Cluster().Revision()
		out, err = s.Type(text)
		if s.Cluster().Revision() > before+1 { // the line itself is one
			tr.since = before
		}
	}
	require.NoError(tr.t, err)
	printed := ""
	for _, o := range out {
		if o.Stream != playground.Typed {
			printed += o.Text
		}
	}
	if printed == "" {
		return
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(printed, "\n"), "\n") {
		if line == "" || strings.ContainsAny(line[:1], `#@$>?\`) {
			line = `\` + line
		}
		tr.out.WriteString(line + "\n")
	}
}

var errUsage = errors.New("usage: ready|pods|restarts SELECTOR, or lost STREAM, then == >= or <=, a number, and perhaps: always")

// claim tells whether something does not hold:
//
//	ready SELECTOR       so many pods are ready and not on their way out
//	pods SELECTOR        there are so many pods
//	restarts SELECTOR    their containers were restarted so often
//	lost STREAM          so many requests of a stream had no good answer
//
// With "always" it must have held at every revision since the last line that changed something, and not only now.
func (tr *transcript) claim(words []string) error {
	if len(words) < 4 || len(words) > 5 || len(words) == 5 && words[4] != "always" {
		return errUsage
	}
	n, err := strconv.Atoi(words[3])
	if err != nil {
		return errUsage
	}
	c := tr.session.Cluster()
	from := c.Revision()
	if len(words) == 5 {
		from = tr.since
	}
	for rev := from; rev <= c.Revision(); rev++ {
		sn, err := c.At(rev)
		if err != nil {
			return err
		}
		have, err := count(sn, words[0], words[1])
		if err != nil {
			return err
		}
		holds, known := map[string]bool{"==": have == n, ">=": have >= n, "<=": have <= n}[words[2]]
		if !known {
			return errUsage
		}
		if !holds {
			return fmt.Errorf("there are %d at revision %d, %v after the beginning", have, rev, c.TimeOf(rev))
		}
	}
	return nil
}

func count(sn store.Snapshot, what, which string) (n int, err error) {
	if what == "lost" {
		o, _, ok := sn.Get(api.KindTraffic, "", which)
		if !ok {
			return 0, fmt.Errorf("there is no stream %q", which)
		}
		total := o.(*api.Traffic).Total
		return int(total.Ended - total.OK), nil
	}
	selector, err := labels.Parse(which)
	if err != nil {
		return 0, err
	}
	for _, o := range sn.InNamespace(api.KindPod, "default") {
		p := o.(*api.Pod)
		if !selector.Matches(labels.Set(p.Labels)) {
			continue
		}
		switch what {
		case "pods":
			n++
		case "ready":
			if c, ok := api.PodConditionOf(p.Status.Conditions, api.PodReady); ok && c.Status == api.ConditionTrue && p.DeletionTimestamp == 0 {
				n++
			}
		case "restarts":
			for _, c := range p.Status.ContainerStatuses {
				n += int(c.RestartCount)
			}
		default:
			return 0, errUsage
		}
	}
	return n, nil
}
