package shell

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// world is a Runner with a few programs and files, which writes down what it ran.
type world struct {
	files map[string]string
	ran   []string
}

func (w *world) Run(i Invocation) Result {
	w.ran = append(w.ran, strings.Join(i.Args, " "))
	switch i.Args[0] {
	case "echo":
		return Result{Stdout: strings.Join(i.Args[1:], " ") + "\n"}
	case "cat":
		return Result{Stdout: string(i.Stdin)}
	case "wc":
		return Result{Stdout: fmt.Sprintln(strings.Count(string(i.Stdin), "\n"))}
	case "both":
		return Result{Stdout: "out\n", Stderr: "err\n", Code: 3}
	case "tty":
		return Result{Stdout: fmt.Sprintln(!i.Piped)}
	case "env":
		return Result{Stdout: i.Vars["X"] + "\n"}
	case "true":
		return Result{}
	case "false":
		return Result{Code: 1}
	case "wait":
		return Result{Stdout: "waiting\n", Waiting: true}
	}
	return Result{Stderr: i.Args[0] + ": not found\n", Code: 127}
}

func (w *world) ReadFile(name string) ([]byte, error) {
	if text, ok := w.files[name]; ok {
		return []byte(text), nil
	}
	return nil, errors.New("No such file or directory")
}

func (w *world) WriteFile(name string, data []byte, appending bool) error {
	if strings.HasPrefix(name, "/") {
		return errors.New("Read-only file system")
	}
	if w.files == nil {
		w.files = map[string]string{}
	}
	if appending {
		data = append([]byte(w.files[name]), data...)
	}
	w.files[name] = string(data)
	return nil
}

// show prints chunks as a terminal would, errors marked.
func show(chunks []Chunk) string {
	var b strings.Builder
	for _, c := range chunks {
		if c.Stream == Stderr {
			b.WriteString("!")
		}
		b.WriteString(c.Text)
	}
	return b.String()
}

func script(t *testing.T, in string) *Script {
	t.Helper()
	s, err := Parse(in)
	require.NoError(t, err)
	return s
}

func TestExec(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"one command", "echo a 'b  c'", "a b  c\n"},
		{"pipes", "echo a | cat | wc", "1\n"},
		{"errors pass a pipe by", "both | wc", "!err\n1\n"},
		{"errors into the pipe", "both 2>&1 | wc", "2\n"},
		{"errors into the output's old place", "both 2>&1 >f; cat <f", "err\nout\n"},
		{"status of a pipe is its last", "false | true; echo $?", "0\n"},
		{"and", "true && echo a && false && echo b", "a\n"},
		{"or", "false || echo a || echo b", "a\n"},
		{"skipped links keep the status", "false && echo a || echo b", "b\n"},
		{"not", "! true || echo a; ! false && echo b", "a\nb\n"},
		{"status", "both 2>/dev/null >/dev/null; echo $?", "3\n"},
		{"unknown program", "nope; echo $?", "!nope: not found\n127\n"},
		{"variables", `X=1; Y="$X 2"; echo $Y "$Y"`, "1 2 1 2\n"},
		{"variable for one command", "X=1; X=2 env; env", "2\n1\n"},
		{"export and unset", "export X=5; env; unset X; env", "5\n\n"},
		{"export of nonsense", "export 1=2 || echo no", "!sh: export: 1: not a valid identifier\nno\n"},
		{"a program's name in a variable", "X='echo a'; $X b", "a b\n"},
		{"nothing after expansion", "$X; echo $?", "0\n"},
		{"files", "echo a >f; echo b >>f; cat <f; echo c >f; cat <f", "a\nb\nc\n"},
		{"a file without output", "true >f; wc <f", "0\n"},
		{"missing file", "cat <f && echo a", "!sh: f: No such file or directory\n"},
		{"file that cannot be", "echo a >/f; echo $?", "!sh: /f: Read-only file system\n1\n"},
		{"file without a name", "echo a >$X", "!sh: >${X}: no file name after expansion\n"},
		{"heredoc", "X=1\ncat <<EOF | cat\na $X\nEOF\n", "a 1\n"},
		{"for", "for x in a 'b c' $Y; do echo $x; done; echo $?", "a\nb c\n0\n"},
		{"for over output", "for x in $(echo a; echo b); do echo \"<$x>\"; done", "<a>\n<b>\n"},
		{"for over nothing", "false; for x in $Y; do echo no; done; echo $?", "0\n"},
		{"while", "n=3; while [ $n -gt 0 ]; do echo $n; n=$((n-1)); done", "3\n2\n1\n"},
		{"until", "until [ \"$n\" = xx ]; do n=x$n; done; echo $n", "xx\n"},
		{"while read", "X=1; both 2>&1 | while read a; do X=2; echo \"got $a\"; done; echo $X", "got out\ngot err\n1\n"},
		{"while read from a file", "echo a >f; echo b >>f; while read x; do X=$x; done <f; echo $X", "b\n"},
		{"read splits", "echo 'a b  c d' | { read x y z; echo \"$x-$y-$z\"; }", "a-b-c d\n"},
		{"if", "if false; then echo a; elif true; then echo b; else echo c; fi", "b\n"},
		{"else", "if false; then echo a; else false; fi; echo $?", "1\n"},
		{"if without a branch", "if false; then echo a; fi; echo $?", "0\n"},
		{"case", "x=web-1; case $x in db*) echo no;; api|web-?) echo yes;; *) echo other;; esac", "yes\n"},
		{"case quotes", "case a* in 'a*') echo literal;; esac; case ab in 'a*') echo no;; esac; echo $?", "literal\n0\n"},
		{"break and continue", "for x in 1 2 3 4; do if [ $x = 2 ]; then continue; fi; if [ $x = 4 ]; then break; fi; echo $x; done", "1\n3\n"},
		{"break two", "for x in 1 2; do for y in a b; do echo $x$y; break 2; done; done; echo $?", "1a\n0\n"},
		{"group into a file", "{ echo a; both; } >f 2>&1; cat <f", "a\nout\nerr\n"},
		{"subshell keeps to itself", "X=1; (X=2; echo $X; exit 3); echo $? $X", "2\n3 1\n"},
		{"exit", "echo a; exit 4; echo b", "a\n"},
		{"exit in a substitution", "X=$(echo a; exit 5); echo $X $?", "a 5\n"},
		{"exit in a loop in a pipe", "echo a | while read x; do exit 2; done; echo $?", "2\n"},
		{"substitution", "echo \"$(echo 'a  b')\" $(echo 'a  b') `echo c`", "a  b a b c\n"},
		{"nested substitution", "echo $(echo $(echo a) $(echo b | cat))", "a b\n"},
		{"errors pass a substitution by", "X=$(both); echo $X $?", "!err\nout 3\n"},
		{"substitution in a heredoc", "cat <<E\n<$(echo a)>\nE\n", "<a>\n"},
		{"defaults", "Y=; echo ${X:-a b} ${X-c} ${Y-d} ${Y:-e} ${X:=f} $X ${X:+g} ${Z:+h} ${#X}", "a b c e f f g 1\n"},
		{"missing", "(echo ${X:?not here}; echo no); echo $?; echo ${X?}; echo no", "!sh: X: not here\n2\n!sh: X: parameter not set\n"},
		{"trimming", "X=a.b.c; echo ${X#*.} ${X##*.} ${X%.*} ${X%%.*} ${X#z}", "b.c c a.b a a.b.c\n"},
		{"sums", "X=3; echo $((X*2+1)) $(( (1+2)*3 )) $((7/2)) $((7%4)) $((1<2)) $((1==2)) $((-X)) $((!0 && 2))", "7 9 3 3 1 0 -3 1\n"},
		{"a sum that is none", "(echo $((1/0))); echo a; (echo $((1+))); echo $?", "!sh: arithmetic: divide by zero\na\n!sh: arithmetic: a number is missing\n2\n"},
		{"tests", "[ a = a ] && [ ! -n '' ] && [ 2 -lt 10 ] && test -z '' && echo yes; [ a; echo $?", "yes\n!sh: [: missing ]\n2\n"},
		{"and in tests", "[ a = a -a b = c -o d = d ] && echo yes; [ x -eq 1 ]; echo $?", "yes\n!sh: [: Illegal number: x\n2\n"},
		{"file tests", "echo a >f; true >g; [ -f f ] && [ -s f ] && [ ! -s g ] && [ ! -e h ] && echo yes", "yes\n"},
		{"pipe into a compound with a pipe behind", "both 2>&1 | if true; then cat; fi | wc", "2\n"},
		{"not before a compound", "! { false; } && echo yes", "yes\n"},
		{"terminal or not", "tty; echo | tty; tty </dev/null", "true\nfalse\nfalse\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := NewExec(script(t, c.in), nil)
			require.Equal(t, c.want, show(e.Run(&world{})))
			require.True(t, e.Done())
		})
	}
}

func TestExecWaitsAndResumes(t *testing.T) {
	w := &world{}
	e := NewExec(script(t, "wait | cat && echo done; wait"), nil)
	require.Empty(t, e.Run(w), "its output is in the pipe")
	require.True(t, e.Waiting())
	require.Empty(t, e.Run(w), "a script that waits does not run")
	require.Empty(t, e.Resume(w, Result{Stdout: "more\n", Waiting: true}))
	require.Equal(t, "waiting\nmore\nlast\ndone\nwaiting\n", show(e.Resume(w, Result{Stdout: "last\n"})))
	require.True(t, e.Waiting())
	require.Equal(t, "gone\n", show(e.Resume(w, Result{Stdout: "gone\n", Code: 4})))
	require.True(t, e.Done())
	require.Equal(t, 4, e.Status())
	require.Empty(t, e.Resume(w, Result{Stdout: "late"}))
	require.Equal(t, []string{"wait", "cat", "echo done", "wait"}, w.ran)
}

func TestExecCloneGoesItsOwnWay(t *testing.T) {
	w := &world{}
	e := NewExec(script(t, "X=1; wait | cat; echo $X $?"), Vars{"Y": "2"})
	e.Run(w)
	c := e.Clone()
	require.Equal(t, "waiting\na\n1 0\n", show(e.Resume(w, Result{Stdout: "a\n", Code: 3})))
	e.Vars["X"] = "changed"
	require.Equal(t, "waiting\nb\n1 0\n", show(c.Resume(w, Result{Stdout: "b\n"})))
}

func TestALoopWaitsInTheMiddle(t *testing.T) {
	w := &world{}
	e := NewExec(script(t, "for x in a b; do (echo $x | { read y; wait; echo \"$y $?\"; }); done; echo end"), nil)
	require.Equal(t, "waiting\n", show(e.Run(w)))
	c := e.Clone()
	require.Equal(t, "more\na 3\nwaiting\n", show(e.Resume(w, Result{Stdout: "more\n", Code: 3})))
	require.Equal(t, "b 0\nend\n", show(e.Resume(w, Result{})))
	require.Equal(t, "a 7\nwaiting\n", show(c.Resume(w, Result{Code: 7})), "a clone goes its own way")
	c.Interrupt()
	require.Equal(t, "130", c.Vars["?"])
	require.NotContains(t, c.Vars, "y", "what subshells knew is gone")
}

func TestEndlessScriptsAreStopped(t *testing.T) {
	want := map[string]string{
		"a loop": "sh: stopped after 10000 commands", "a loop of nothing": "sh: stopped after", "a value that doubles": "a word of more than 1048576 bytes",
		"a pipe that fills": "a pipe holds at most", "a substitution's loop": "sh: stopped after",
	}
	for name, in := range map[string]string{
		"a loop":                "while true; do true; done; echo never",
		"a loop of nothing":     "while :; do continue; done; echo never",
		"a value that doubles":  "x=aaaaaaaaaaaaaaaa; while true; do x=$x$x; done; echo never",
		"a pipe that fills":     "x=$(while true; do echo " + strings.Repeat("a", 10_000) + "; done); echo never",
		"a substitution's loop": "echo $(while true; do :; done); echo never",
	} {
		t.Run(name, func(t *testing.T) {
			e := NewExec(script(t, in), nil)
			out := show(e.Run(&world{}))
			require.True(t, e.Done())
			require.Contains(t, out, want[name])
			require.NotContains(t, out, "never")
			require.Positive(t, e.Status())
		})
	}
}

func TestPatterns(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"", "", true}, {"", "a", false}, {"*", "", true}, {"a*c", "abbc", true}, {"a*c", "abb", false}, {"a?c", "aộc", true},
		{"[a-c]x", "bx", true}, {"[!a-c]x", "bx", false}, {"[]x]", "]", true}, {"[a", "[a", true}, {`\*`, "*", true}, {`\*`, "a", false},
		{"*a*b*", "xxaxxbxx", true}, {"web-*", "web-1", true},
	} {
		require.Equal(t, c.want, match(c.pattern, c.text), "%q against %q", c.pattern, c.text)
	}
	require.False(t, match(strings.Repeat("*a", 1000)+"b", strings.Repeat("a", 20_000)), "in time")
}

func TestExecInterrupt(t *testing.T) {
	w := &world{}
	e := NewExec(script(t, "wait; echo never"), nil)
	require.Equal(t, "waiting\n", show(e.Run(w)))
	e.Interrupt()
	require.True(t, e.Done() && !e.Waiting())
	require.Equal(t, 130, e.Status())
	require.Empty(t, e.Run(w))
	require.False(t, slices.Contains(w.ran, "echo never"))
	require.Equal(t, "130", e.Vars["?"])
}
