package playground_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/playground"
	"github.com/stretchr/testify/require"
)

// asked is a line, and what it printed when it is known.
type asked struct {
	line, out, errs, code string
	wait                  time.Duration
	anew                  bool // a new world begins
}

// askedLines reads testdata/asked.txt: "$ " and "> " a line, "| " its output, "! " its errors, "? " its exit code, "@ " time
// that passes, "= " a new world.
func askedLines(t *testing.T) []asked {
	src, err := os.ReadFile("testdata/asked.txt")
	require.NoError(t, err)
	var all []asked
	for line := range strings.Lines(string(src)) {
		if line == "\n" || line[0] == '#' {
			continue
		}
		text := strings.Replace(line[2:], "%NOEOL\n", "", 1)
		switch last := len(all) - 1; line[0] {
		case '$':
			all = append(all, asked{line: strings.TrimSuffix(text, "\n")})
		case '@':
			d, err := time.ParseDuration(strings.TrimSpace(text))
			require.NoError(t, err)
			all = append(all, asked{wait: d})
		case '=':
			all = append(all, asked{anew: true})
		case '>':
			all[last].line += "\n" + strings.TrimSuffix(text, "\n")
		case '|':
			all[last].out += text
		case '!':
			all[last].errs += text
		case '?':
			all[last].code = strings.TrimSpace(text)
		default:
			t.Fatalf("asked.txt: what is %q?", line)
		}
	}
	return all
}

// The answers are those of kubectl 1.37.2 itself, which was given the same lines over our own REST server.
func TestAnswersAreThoseOfTheClientItself(t *testing.T) {
	var s *playground.Session
	known := 0
	for _, a := range askedLines(t) {
		if a.anew {
			var err error
			s, err = playground.Open(playground.Scenario{Seed: 7, Nodes: orchestrate.Nodes(3)})
			require.NoError(t, err)
			continue
		}
		if a.wait > 0 {
			_, err := s.Advance(a.wait)
			require.NoError(t, err)
			continue
		}
		out, err := s.Type(a.line)
		require.NoError(t, err)
		if s.Busy() {
			more, err := s.Advance(5 * time.Second)
			require.NoError(t, err)
			out = append(out, more...)
		}
		if s.Busy() {
			more, err := s.Interrupt()
			require.NoError(t, err)
			out = append(out, more...)
		}
		if a.code == "" {
			continue
		}
		known++
		var got asked
		for _, o := range out {
			switch o.Stream {
			case playground.Out:
				got.out += o.Text
			case playground.Err:
				got.errs += o.Text
			}
		}
		require.Equal(t, a.out, got.out, a.line)
		require.Equal(t, a.errs, got.errs, a.line)
	}
	require.GreaterOrEqual(t, known, 200)
}
