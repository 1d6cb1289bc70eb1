package playground_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/playground"
)

// boxed is a session with a pod to look into, and a web server.
func boxed(t require.TestingT) *playground.Session {
	s, err := playground.Open(playground.Scenario{Name: "boxed", Seed: 7, Nodes: orchestrate.Nodes(3)})
	require.NoError(t, err)
	enter(t, s, "kubectl run web --image=nginx --port=80 --expose")
	enter(t, s, "kubectl run box --image=busybox -- sleep 100000")
	return s
}

// inside types lines one after the other and returns what each printed, with the prompt before the next.
func typed(t require.TestingT, s *playground.Session, lines ...string) string {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(s.Prompt() + line + "\n")
		switch line {
		case "^C":
			out, err := s.Interrupt()
			require.NoError(t, err)
			b.WriteString(text(out))
		case "^D":
			out, err := s.HangUp()
			require.NoError(t, err)
			b.WriteString(text(out))
		default:
			first, err := s.Type(line)
			require.NoError(t, err)
			rest, err := s.Settle(30 * time.Second)
			require.NoError(t, err)
			b.WriteString(text(first) + text(rest))
		}
	}
	return b.String() + s.Prompt()
}

const recorded = "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\n" +
	"If you don't see a command prompt, try pressing enter.\n"

func TestExecOpensAShell(t *testing.T) {
	for _, test := range []struct{ name, lines, want string }{
		{"it keeps variables and its folder", "kubectl exec -it box -- sh\nX=5; cd /tmp\necho $X $HOSTNAME > a\ncat a\nls\nexit",
			"$ kubectl exec -it box -- sh\n/ # X=5; cd /tmp\n/tmp # echo $X $HOSTNAME > a\n/tmp # cat a\n5 box\n/tmp # ls\na\n/tmp # exit\n$ "},
		{"it reaches the network", "kubectl exec -it box -- sh\nwget -qO- http://web | grep -c nginx",
			"$ kubectl exec -it box -- sh\n/ # wget -qO- http://web | grep -c nginx\n3\n/ # "},
		{"it has exit codes", "kubectl exec -it box -- sh\nfalse\n^D\necho $?",
			"$ kubectl exec -it box -- sh\n/ # false\n/ # ^D\ncommand terminated with exit code 1\n$ echo $?\n1\n$ "},
		{"Ctrl-C ends a command, not the shell", "kubectl exec -it box -- sh\ntail -f /etc/hostname\n^C\necho on",
			"$ kubectl exec -it box -- sh\n/ # tail -f /etc/hostname\nbox\n/ # ^C\n/ # echo on\non\n/ # "},
		{"a shell in a shell", "kubectl exec -it box -- sh\nX=1\nsh\nX=2\nexit\necho $X",
			"$ kubectl exec -it box -- sh\n/ # X=1\n/ # sh\n/ # X=2\n/ # exit\n/ # echo $X\n1\n/ # "},
		{"mistakes stay inside", "kubectl exec -it box -- sh\nkubectl get pods\n(\ncd /nope\nexit 3",
			"$ kubectl exec -it box -- sh\n/ # kubectl get pods\nsh: kubectl: not found\n(this is the shell inside pod box; exit, or Ctrl-D, leaves it)\n" +
				"/ # (\nsh: syntax error: line 1, column 1: found end of input, want \")\" that closes \"(\"\n/ # cd /nope\nsh: cd: can't cd to /nope: No such file or directory\n/ # exit 3\ncommand terminated with exit code 3\n$ "},
		{"without a terminal there is no prompt", "kubectl exec -i box -- sh\necho hello\nexit\necho out",
			"$ kubectl exec -i box -- sh\necho hello\nhello\nexit\n$ echo out\nout\n$ "},
		{"a script is piped in", "echo 'hostname; exit 4' | kubectl exec -i box -- sh",
			"$ echo 'hostname; exit 4' | kubectl exec -i box -- sh\nbox\ncommand terminated with exit code 4\n$ "},
		{"a file is piped in", "echo text | kubectl exec -i box -- tee /tmp/a\nkubectl exec box -- cat /tmp/a",
			"$ echo text | kubectl exec -i box -- tee /tmp/a\ntext\n$ kubectl exec box -- cat /tmp/a\ntext\n$ "},
		{"nothing is typed, so it ends", "kubectl exec box -- sh", "$ kubectl exec box -- sh\n$ "},
		{"the line goes on behind it", "kubectl exec -it box -- sh && echo left\nexit", "$ kubectl exec -it box -- sh && echo left\n/ # exit\nleft\n$ "},
		{"bash of an image that has it", "kubectl exec -it web -- bash\ncd /etc/nginx", "$ kubectl exec -it web -- bash\nroot@web:/# cd /etc/nginx\nroot@web:/etc/nginx# "},
		{"a script that asks", "kubectl exec box -- sh -c 'wget -qO- http://web | head -n 1'", "$ kubectl exec box -- sh -c 'wget -qO- http://web | head -n 1'\n<!DOCTYPE html>\n$ "},
		{"a program that is not there", "kubectl exec -it box -- psql", "$ kubectl exec -it box -- psql\nerror: Internal error occurred: OCI runtime exec failed: exec failed: unable to start container process: exec: \"psql\": executable file not found in $PATH\n$ "},
	} {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.want, typed(t, boxed(t), strings.Split(test.lines, "\n")...))
		})
	}
}

func TestRunLeavesTheTerminalInThePod(t *testing.T) {
	const run = "kubectl run -it --rm tmp --image=busybox --restart=Never -- "
	for _, test := range []struct{ name, lines, want string }{
		{"it is removed in the end", run + "sh\nhostname\nexit\nkubectl get pod tmp --ignore-not-found -o name",
			"$ " + run + "sh\n" + recorded + "/ # hostname\ntmp\n/ # exit\npod \"tmp\" deleted from default namespace\n$ kubectl get pod tmp --ignore-not-found -o name\n$ "},
		{"its exit code is the command's", run + "sh\nexit 3\necho $?",
			"$ " + run + "sh\n" + recorded + "/ # exit 3\npod \"tmp\" deleted from default namespace\npod default/tmp terminated (Error)\n$ echo $?\n3\n$ "},
		{"one question", run + "wget -qO- http://web/nope",
			"$ " + run + "wget -qO- http://web/nope\n" + recorded + "wget: server returned error: HTTP/1.1 404 Not Found\npod \"tmp\" deleted from default namespace\npod default/tmp terminated (Error)\n$ "},
		{"one command", run + "hostname", "$ " + run + "hostname\n" + recorded + "tmp\npod \"tmp\" deleted from default namespace\n$ "},
		{"Ctrl-C while it waits removes it", run + "sleep 1000\n^C", "$ " + run + "sleep 1000\n" + recorded + "$ ^C\npod \"tmp\" deleted from default namespace\n$ "},
		{"one that goes on can be attached to again", "kubectl run -it keep --image=busybox\nexit\nkubectl attach -it keep\n^D",
			"$ kubectl run -it keep --image=busybox\n" + recorded + "/ # exit\nSession ended, resume using 'kubectl attach keep -c keep -i -t' command when the pod is running\n$ kubectl attach -it keep\n" +
				recorded + "/ # ^D\nSession ended, resume using 'kubectl attach keep -c keep -i -t' command when the pod is running\n$ "},
		{"what was typed ahead goes to it", run + "sh; hostname\nexit", "$ " + run + "sh; hostname\n" + recorded + "/ # exit\npod \"tmp\" deleted from default namespace\nsh: hostname: command not found\n$ "},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := typed(t, boxed(t), strings.Split(test.lines, "\n")...)
			require.Equal(t, strings.ReplaceAll(test.want, "sh: hostname", "hostname"), strings.ReplaceAll(got, `; did you mean "history"?`, ""))
		})
	}
}

func TestAShellEndsWithItsContainer(t *testing.T) {
	s := boxed(t)
	typed(t, s, "kubectl exec -it box -- sh")
	require.False(t, s.Busy())
	said := len(s.Transcript())
	_, err := s.Aside("fault container-crash box")
	require.NoError(t, err)
	require.Equal(t, "container-crash box\ncommand terminated with exit code 137\n", text(s.Transcript()[said:]))
	require.Equal(t, "$ ", s.Prompt())
}

func TestButtonsGoPastTheContainer(t *testing.T) {
	s := boxed(t)
	typed(t, s, "kubectl exec -it box -- sh")
	out, err := s.Aside("kubectl delete pod web")
	require.NoError(t, err)
	require.Equal(t, "pod \"web\" deleted from default namespace\n", text(out))
	require.Equal(t, "/ # ", s.Prompt())
	require.Equal(t, "/ # hostname\nbox\n/ # ", typed(t, s, "hostname"))
	saved, err := s.Save()
	require.NoError(t, err)
	back, err := playground.Load(saved)
	require.NoError(t, err)
	require.Equal(t, s.Transcript(), back.Transcript())
}

func TestTimeTravelKnowsShells(t *testing.T) {
	s := boxed(t)
	typed(t, s, "kubectl exec -it box -- sh", "X=1", "X=2")
	_, err := s.Undo()
	require.NoError(t, err)
	require.Equal(t, "/ # echo $X\n1\n/ # ", typed(t, s, "echo $X"))
	for range 2 {
		_, err = s.Undo()
		require.NoError(t, err)
	}
	require.Equal(t, "$ ", s.Prompt())
	_, err = s.Redo()
	require.NoError(t, err)
	require.Equal(t, "/ # ", s.Prompt())
}

func TestCompletionInAContainer(t *testing.T) {
	s := boxed(t)
	typed(t, s, "kubectl exec -it box -- sh", "touch /tmp/one /tmp/two")
	from, items := s.Complete("cat /tmp/o", 10)
	require.Equal(t, 4, from)
	require.Len(t, items, 1)
	require.Equal(t, "/tmp/one", items[0].Text)
	_, items = s.Complete("host", 4)
	require.Equal(t, "hostname", items[0].Text)
}

// TestShellsReplayExactly types at random in and out of containers, undoes and redoes, and loads what was saved.
func TestShellsReplayExactly(t *testing.T) {
	lines := []string{
		"kubectl exec -it box -- sh", "kubectl run -it --rm tmp --image=busybox -- sh", "kubectl attach -it tmp", "exit", "exit 2", "X=1", "echo $X > /tmp/a", "cat /tmp/a",
		"cd /tmp", "pwd", "wget -qO- http://web", "sleep 2", "sleep 2; echo done", "tail -f /tmp/a", "sh", "kubectl delete pod tmp --wait=false", "kubectl get pods", "for i in 1 2; do sleep 1; echo $i; done",
	}
	rapid.Check(t, func(t *rapid.T) {
		s := boxed(t)
		for range rapid.IntRange(1, 15).Draw(t, "steps") {
			var err error
			switch rapid.IntRange(0, 9).Draw(t, "what") {
			case 0:
				_, err = s.Interrupt()
			case 1:
				_, err = s.HangUp()
			case 2:
				if s.CanUndo() {
					_, err = s.Undo()
				}
			case 3:
				if s.CanRedo() {
					_, err = s.Redo()
				}
			case 4:
				_, err = s.Aside(rapid.SampledFrom([]string{"kubectl delete pod tmp", "fault container-crash box", "kubectl get pods"}).Draw(t, "aside"))
			case 5:
				_, err = s.Advance(time.Duration(rapid.IntRange(1, 5000).Draw(t, "ms")) * time.Millisecond)
			default:
				_, err = s.Type(rapid.SampledFrom(lines).Draw(t, "line"))
			}
			require.NoError(t, err)
		}
		saved, err := s.Save()
		require.NoError(t, err)
		back, err := playground.Load(saved)
		require.NoError(t, err)
		require.Equal(t, "", back.ReadOnly())
		require.Equal(t, s.Transcript(), back.Transcript())
		require.Equal(t, s.Prompt(), back.Prompt())
		require.Equal(t, s.Busy(), back.Busy())
	})
}
