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
