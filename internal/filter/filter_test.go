package filter

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const pods = "NAME    READY   STATUS\nweb-1   1/1     Running\nweb-2   0/1     Pending\ndb-10   1/1     Running\ndb-9    0/1     Error\n"

// run runs a filter over the table of pods and two files.
func run(line string, stdin string) Result {
	args := strings.Fields(line)
	for i, arg := range args {
		args[i] = strings.NewReplacer("_", " ", "~", "").Replace(arg)
	}
	f, ok := Find(args[0])
	if !ok {
		panic(args[0])
	}
	return f(Call{Args: args, Stdin: []byte(stdin), Read: func(name string) ([]byte, error) {
		switch name {
		case "f":
			return []byte("b\na\n"), nil
		case "g":
			return []byte("c\na"), nil
		}
		return nil, errors.New("No such file or directory")
	}})
}

func TestFilters(t *testing.T) {
	for _, c := range []struct{ line, stdin, want string }{
		{"cat", "a", "a"},
		{"cat f - g", "x\n", "b\na\nx\nc\na"},
		{"cat -n f", "", "     1\tb\n     2\ta\n"},
		{"grep Running", pods, "web-1   1/1     Running\ndb-10   1/1     Running\n"},
		{"grep -v Running", pods, "NAME    READY   STATUS\nweb-2   0/1     Pending\ndb-9    0/1     Error\n"},
		{"grep -c running", pods, "0\n"},
		{"grep -ic running", pods, "2\n"},
		{"grep -n ^db", pods, "4:db-10   1/1     Running\n5:db-9    0/1     Error\n"},
		{"grep -E ^(web|db)-[0-9]_", pods, "web-1   1/1     Running\nweb-2   0/1     Pending\ndb-9    0/1     Error\n"},
		{"grep -oE [a-z]+-[0-9]+", pods, "web-1\nweb-2\ndb-10\ndb-9\n"},
		{`grep Pend\|Err`, pods, "web-2   0/1     Pending\ndb-9    0/1     Error\n"},
		{"grep -A1 -n web-2", pods, "3:web-2   0/1     Pending\n4-db-10   1/1     Running\n"},
		{"grep -B1 db-9", pods, "db-10   1/1     Running\ndb-9    0/1     Error\n"},
		{"grep -C0 -w web", pods, "web-1   1/1     Running\nweb-2   0/1     Pending\n"},
		{"grep -w we", pods, ""},
		{"grep -F 1/1", pods, "web-1   1/1     Running\ndb-10   1/1     Running\n"},
		{"grep -x a f g", "", "f:a\ng:a\n"},
		{"grep -l b f g", "", "f\n"},
		{"grep -q a f", "", ""},
		{"wc -l", pods, "5\n"},
		{"wc", "a b\nc\n", "        2         3         6\n"},
		{"wc -lc f g", "", "        2         4 f\n        1         3 g\n        3         7 total\n"},
		{"head -n 2", pods, "NAME    READY   STATUS\nweb-1   1/1     Running\n"},
		{"head -1 f g", "", "==> f <==\nb\n\n==> g <==\nc\n"},
		{"head -n -4", pods, "NAME    READY   STATUS\n"},
		{"head -c 3", "abcdef", "abc"},
		{"tail -n 1", pods, "db-9    0/1     Error\n"},
		{"tail -n +5", pods, "db-9    0/1     Error\n"},
		{"tail -2 g", "", "c\na"},
		{"tail -c 2", "abc", "bc"},
		{"tail", "", ""},
		{"sort f g", "", "a\na\nb\nc\n"},
		{"sort -ru f g", "", "c\nb\na\n"},
		{"sort -n", "10\n9\n-1\nx\n1.5\n1.25\n", "-1\nx\n1.25\n1.5\n9\n10\n"},
		{"sort -k2,2nr -t-", "web-1\ndb-10\napi-2\n", "db-10\napi-2\nweb-1\n"},
		{"uniq -c", "a\na\nb\n", "      2 a\n      1 b\n"},
		{"uniq -d", "a\na\nb\n", "a\n"},
		{"cut -d- -f2", "web-1-x\nnone\n", "1\nnone\n"},
		{"cut -d- -f1,3- -s", "a-b-c-d\nnone\n", "a-c-d\n"},
		{"cut -c2-3", "đường\n", "ườ\n"},
		{"tr a-z A-Z", "chào web\n", "CHàO WEB\n"},
		{"tr -d 0-9", "a1b2\n", "ab\n"},
		{"tr -s _", "a   b\n", "a b\n"},
		{"seq 3", "", "1\n2\n3\n"},
		{"seq 5 -2 1", "", "5\n3\n1\n"},
	} {
		t.Run(c.line, func(t *testing.T) {
			res := run(c.line, c.stdin)
			require.Empty(t, res.Stderr)
			require.Equal(t, c.want, res.Stdout)
		})
	}
}

func TestErrorsAreBusyboxs(t *testing.T) {
	for _, c := range []struct {
		line, want string
		code       int
	}{
		{"cat h f", "cat: can't open 'h': No such file or directory\n", 1},
		{"grep a h", "grep: h: No such file or directory\n", 2},
		{"grep -Z a", "grep: unrecognized option: Z\n", 2},
		{"grep (", "", 1},
		{"grep -E (", "grep: bad regex '(': Unmatched ( or \\(\n", 2},
		{"grep [", "grep: bad regex '[': Unmatched [, [^, [:, [., or [=\n", 2},
		{"head -n x", "head: invalid number 'x'\n", 1},
		{"tail -n", "tail: option requires an argument: n\n", 1},
		{"cut -d-", "cut: expected a list of bytes, characters, or fields\n", 1},
		{"cut -f0", "cut: invalid range 0\n", 1},
		{"sort -k x", "sort: bad field specification 'x'\n", 1},
		{"seq x", "seq: invalid number 'x'\n", 1},
		{"seq 1 99999999", "seq: more than 100000 numbers\n", 1},
	} {
		t.Run(c.line, func(t *testing.T) {
			res := run(c.line, "")
			require.Equal(t, c.want, res.Stderr)
			require.Equal(t, c.code, res.Code)
		})
	}
	require.Equal(t, 1, run("grep x", "a\n").Code, "nothing was found")
	require.Equal(t, "", run("grep (", "a\n").Stderr, "a parenthesis stands for itself in a basic pattern")
}

// TestPatternsAreThoseOfGrep runs random patterns over random lines through the grep of this machine.
func TestPatternsAreThoseOfGrep(t *testing.T) {
	real, err := exec.LookPath("grep")
	if err != nil {
		t.Skip("no grep on this machine to compare with")
	}
	chance := rand.New(rand.NewPCG(7, 7))
	pieces := []string{"a", "b", "c", ".", "a*", "b+", "c?", "(a|b)", "[ab]", "[^c]", "^", "$", "|", "b{2}", "(ab){1,2}", "a{0,1}", "[[:alpha:]]", "(a*b|c)+"}
	var text strings.Builder
	for range 200 {
		for range chance.IntN(7) {
			text.WriteByte("abc"[chance.IntN(3)])
		}
		text.WriteByte('\n')
	}
	n := 150
	if testing.Short() {
		n = 30
	}
	for range n {
		pattern := ""
		for range 1 + chance.IntN(4) {
			pattern += pieces[chance.IntN(len(pieces))]
		}
		for _, flag := range []string{"-nE", "-onE"} {
			cmd := exec.Command(real, flag, "-e", pattern)
			cmd.Env, cmd.Stdin = []string{"LC_ALL=C"}, strings.NewReader(text.String())
			var out bytes.Buffer
			cmd.Stdout = &out
			var exit *exec.ExitError
			if err := cmd.Run(); errors.As(err, &exit) && exit.ExitCode() > 1 {
				continue // what is wrong there need not be wrong here: {} with nothing in front
			}
			res := grep(Call{Args: []string{"grep", flag, "-e", pattern}, Stdin: []byte(text.String())})
			require.Equal(t, out.String(), res.Stdout, "%s %q", flag, pattern)
		}
	}
}

func TestNoPatternTakesForever(t *testing.T) {
	res := run("grep -cE (a*)*(a|aa)*b{200}", strings.Repeat("a", 3_000)+"\n")
	require.Equal(t, "0\n", res.Stdout)
	require.Contains(t, run("grep -E ((a{255}){255}){255}", "a\n").Stderr, "too big")
}

func FuzzGrep(f *testing.F) {
	f.Add("a.*[b-d]\\|^x$", "abc", "E")
	f.Add("(a|b){2,3}[[:space:]]\\w", "aab c", "i")
	f.Fuzz(func(t *testing.T, pattern, line, flag string) {
		args := []string{"grep", "-o", "-e", pattern}
		if flag != "" && strings.Contains("EFivxw", flag[:1]) {
			args = append(args, "-"+flag[:1])
		}
		res := grep(Call{Args: args, Stdin: []byte(line)})
		require.True(t, res.Code <= 2)
		require.LessOrEqual(t, len(res.Stdout), 2*len(line)+2)
	})
}
