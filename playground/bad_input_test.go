package playground_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/playground"
)

func again(n int, text string) string { return strings.Repeat(text, n) }

// What people paste by mistake, or try on purpose: each line ends, says in a sentence what is wrong, and prints no more than a terminal
// can hold.
func TestBadInputIsBounded(t *testing.T) {
	const most = 8 << 20 // bytes of output of one line
	for _, test := range []struct{ name, line, want string }{
		{"a long word", "echo " + again(200_000, "x"), "xxx"},
		{"a long name", "kubectl get pod " + again(200_000, "x"), "not found"},
		{"a long command", again(200_000, "x"), "command not found"},
		{"a long here-document", "cat > f <<EOF\n" + again(20_000, "line\n") + "EOF\nwc -l f", "20000"},
		{"a pipeline without end", "echo a" + again(20_000, " | cat"), ""},
		{"brackets without end", again(100_000, "("), "syntax error"},
		{"substitutions in each other", again(50_000, "$("), "syntax error"},
		{"quotes without end", again(100_001, "'"), "syntax error"},
		{"conditions in each other", again(15_000, "if true; then "), "syntax error"},
		{"braces of variables", again(50_000, "${x:-"), "syntax error"},
		{"arithmetic in brackets", "echo $((" + again(50_000, "(") + "1" + again(50_000, ")") + "))", "sh: "},
		{"a loop without end", "while true; do :; done", "stopped after 10000 commands"},
		{"a loop that talks without end", "while true; do echo again; done", "stopped after 10000 commands"},
		{"a value that doubles", "x=ab; for i in $(seq 1 100); do x=$x$x; done; echo ${x} | wc -c", ""},
		{"a sequence of a billion", "seq 1 1000000000 | tail -1", ""},
		{"a loop over a million", "for i in $(seq 1 1000000); do :; done", ""},
		{"a format a billion wide", "printf '%1000000000d' 1", ""},
		{"a pattern that goes back", "echo " + again(5_000, "a") + "! | grep -E '^(a+)+$'", ""},
		{"a pattern that repeats", "echo a | grep -E '((a{1,100}){1,100}){1,100}'", ""},
		{"cuts at a billion", "echo a | cut -c1-1000000000 | head -n 1000000000 | fold", ""},
		{"deep YAML", "kubectl apply -f - <<EOF\n" + again(100_000, "[") + "\nEOF", "error"},
		{"deep YAML, by indentation", "kubectl apply -f - <<EOF\n" + deepYAML(700) + "EOF", "error"},
		{"aliases that explode", "kubectl apply -f - <<'EOF'\n" + bomb() + "EOF", "error"},
		{"a million documents", "kubectl apply -f - <<EOF\n" + again(60_000, "---\n") + "EOF", "no objects passed to apply"},
		{"a deep merge", "kubectl patch pod box -p '" + again(40_000, `{"a":`) + "'", "unable to parse"},
		{"a deep merge that ends", "kubectl patch pod box --type=merge -p '" + again(900, `{"a":`) + "1" + again(900, "}") + "'", ""},
		{"a JSON patch of many", "kubectl patch pod box --type=json -p '[" + again(15_000, `{"op":"test"},`) + "{}]'", "maximum operations"},
		{"a strategic merge of many", "kubectl patch deploy web -p '{\"spec\":{\"template\":{\"spec\":{\"containers\":[" + again(8_000, `{"name":"nginx"},`) + "{\"name\":\"nginx\"}]}}}}'", ""},
		{"a selector of many", "kubectl get pods -l '" + strings.TrimSuffix(again(40_000, "a=b,"), ",") + "'", "No resources found"},
		{"a selector of everything", "kubectl get pods -A -l '!nobody'", "web-"},
		{"a selector of everything, for deletion", "kubectl delete pods -A -l '!nobody' --dry-run=client", "(dry run)"},
		{"a set without end", "kubectl get pods -l 'a in (" + again(40_000, "b,") + "'", "unable to parse requirement"},
		{"a huge jsonpath", "kubectl get pods -o 'jsonpath=" + again(50_000, "{..}") + "'", "finds more than"},
		{"a deep jsonpath", "kubectl get pods -o 'jsonpath={" + again(80_000, ".a") + "}'", ""},
		{"jsonpath of jsonpath", "kubectl get pods -o 'jsonpath=" + again(14_000, "{range .items[*]}") + "'", "error"},
		{"filters in filters", "kubectl get pods -o 'jsonpath={" + again(30_000, "[?(") + "'", "error"},
		{"a deep template", "kubectl get pods -o 'go-template=" + again(15_000, "{{range .items}}") + "'", "error"},
		{"brackets of a template", "kubectl get pods -o 'go-template={{" + again(100_000, "(") + "'", "error"},
		{"many columns", "kubectl get pods -o 'custom-columns=" + strings.TrimSuffix(again(10_000, "A:.a,"), ",") + "'", ""},
		{"many kinds", "kubectl get " + strings.TrimSuffix(again(40_000, "pods,"), ","), "web-"},
		{"many names", "kubectl get pods" + again(20_000, " nope"), "not found"},
		{"many flags", "kubectl get pods" + again(20_000, " -n default"), "web-"},
		{"many labels", "kubectl label pod box" + manyPairs(10_000), ""},
		{"many files", "kubectl apply" + again(500, " -f pod.yaml"), "pod/box unchanged"},
		{"a sleep for ever", "sleep 99999999999999999999", "invalid number"},
		{"a moment that is none", "at 99:99:99", ""},
		{"an alias of itself", "alias a=a; a a a", "a: command not found"},
		{"a watch of loops", "watch 'while true; do :; done'", ""},
		{"why of everything", "why " + again(50_000, "x/"), ""},
		{"a loop in a container", "kubectl exec box -- sh -c 'while true; do :; done'", "does not end"},
		{"a loop in a container's shell", "echo 'while true; do echo x; done' | kubectl exec -i box -- sh", "stopped after"},
		{"a file for a container", "kubectl exec -i box -- tee /tmp/x < /dev/null; echo " + again(100_000, "y") + " | kubectl exec -i box -- tee /tmp/x | wc -c", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			require.LessOrEqual(t, len(test.line), 256<<10)
			s := small(t)
			said := len(s.Transcript())
			if _, moved, err := s.Travel(test.line); moved {
				require.NoError(t, err)
				return
			}
			_, err := s.Type(test.line)
			require.NoError(t, err)
			_, err = s.Advance(2 * time.Second)
			require.NoError(t, err)
			got := text(s.Transcript()[said:])
			require.Less(t, len(got), most)
			if !strings.Contains(got, test.want) {
				t.Errorf("%q is not in %.300q", test.want, got)
			}
			if s.Busy() {
				_, err = s.Interrupt()
				require.NoError(t, err)
			}
			require.False(t, s.Busy())
			out, err := s.Type("echo on")
			require.NoError(t, err)
			require.Equal(t, "on\n", text(out), "the terminal goes on")
		})
	}
}

func TestWhatIsTooLongIsNotTaken(t *testing.T) {
	s := small(t)
	inputs := len(s.Inputs())
	for _, line := range []string{again(1_000_000, "x"), "cat > f <<EOF\n" + again(10<<20, "x") + "\nEOF"} {
		_, err := s.Type(line)
		require.EqualError(t, err, fmt.Sprintf("playground: %d bytes are too long for one input; at most 262144 are taken", len(line)))
		require.Len(t, s.Inputs(), inputs)
	}
	var said []string
	h := playground.NewHost(func(b []byte) { said = append(said, string(b)) })
	h.Handle([]byte(`{"op":"open","scenario":{"name":"x","nodes":[{"name":"n","cpu":"1","memory":"1Gi"}]}}`))
	said = nil
	h.Handle([]byte(`{"op":"line","text":"` + again(1_000_000, "x") + `"}`))
	all := strings.Join(said, "\n")
	require.Contains(t, all, "1000000 bytes are too long for one line; at most 262144 are taken")
	require.Contains(t, all, `"type":"prompt"`)
	require.NotContains(t, all, `"type":"error"`)
}

func deepYAML(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(again(i, " ") + "a:\n")
	}
	return b.String()
}

func bomb() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x]\n")
	for i := 1; i < 60; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [*a%d, *a%d, *a%d]\n", i, i, i-1, i-1, i-1)
	}
	return b.String()
}

func manyPairs(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " k%d=v", i)
	}
	return b.String()
}
