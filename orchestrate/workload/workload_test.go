package workload_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/workload"
	"github.com/stretchr/testify/require"
)

// behave is what a container of an image does with a command.
func behave(t testing.TB, ref string, command ...string) workload.Behaviour {
	t.Helper()
	image, ok := workload.Standard().Find(ref)
	require.True(t, ok, ref)
	return image.Behave(ref, workload.Launch{Command: command, Host: "web-1"})
}

// sh is what a shell does with a script.
func sh(t testing.TB, script string) workload.Behaviour {
	return behave(t, "busybox", "sh", "-c", script)
}

func said(lines []workload.Line) string {
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, "%v %s\n", l.At.Truncate(100*time.Millisecond), l.Text)
	}
	return b.String()
}

func Example() {
	image, ok := workload.Standard().Find("docker.io/library/busybox:1.36")
	fmt.Println(ok, workload.PullTime(image.Bytes()).Round(time.Millisecond))
	b := image.Behave("busybox:1.36", workload.Launch{Command: []string{"sh", "-c", "echo hello; sleep 5; exit 3"}})
	after, code, ends := b.End()
	fmt.Println(ends, after.Round(time.Second), "exit", code)
	for _, l := range b.Lines(0, time.Minute) {
		fmt.Println(l.Text)
	}
	// Output:
	// true 537ms
	// true 5s exit 3
	// hello
}

func ExampleBehaviour_Answer() {
	image, _ := workload.Standard().Find("gcr.io/google-samples/hello-app:2.0")
	b := image.Behave("gcr.io/google-samples/hello-app:2.0", workload.Launch{Host: "web-7d4b9"})
	fmt.Println(b.Answer(8080, "/", 0).Open)
	fmt.Print(b.Answer(8080, "/", time.Second).Body)
	// Output:
	// false
	// Hello, world!
	// Version: 2.0.0
	// Hostname: web-7d4b9
}

func ExampleBehaviour_Exec() {
	image, _ := workload.Standard().Find("redis:7")
	b := image.Behave("redis:7", workload.Launch{})
	fmt.Print(b.Exec([]string{"redis-cli", "ping"}, time.Minute, time.Second).Out)
	fmt.Print(b.Exec([]string{"cat", "/tmp/ready"}, time.Minute, time.Second).Err)
	// Output:
	// PONG
	// cat: can't open '/tmp/ready': No such file or directory
}

func TestReferences(t *testing.T) {
	for _, test := range []struct{ ref, repository, tag, canonical string }{
		{"nginx", "nginx", "latest", "docker.io/library/nginx:latest"},
		{"nginx:1.27", "nginx", "1.27", "docker.io/library/nginx:1.27"},
		{"library/nginx", "nginx", "latest", "docker.io/library/nginx:latest"},
		{"docker.io/library/nginx:1", "nginx", "1", "docker.io/library/nginx:1"},
		{"me/app:2", "me/app", "2", "docker.io/me/app:2"},
		{"localhost:5000/app", "localhost:5000/app", "latest", "localhost:5000/app:latest"},
		{"gcr.io/x/y:z", "gcr.io/x/y", "z", "gcr.io/x/y:z"},
	} {
		repository, tag := workload.Split(test.ref)
		require.Equal(t, test.repository, repository, test.ref)
		require.Equal(t, test.tag, tag, test.ref)
		require.Equal(t, test.canonical, workload.Canonical(test.ref))
	}
	require.Equal(t, "docker.io", workload.Registry("nginx"))
	require.Equal(t, "gcr.io", workload.Registry("gcr.io/x/y"))
	require.Regexp(t, `^sha256:[0-9a-f]{64}$`, workload.Digest("nginx"))
	require.Equal(t, workload.Digest("nginx"), workload.Digest("docker.io/library/nginx:latest"))
}

func TestTagsThatWereNeverPublishedAreMissing(t *testing.T) {
	c := workload.Standard()
	for ref, there := range map[string]bool{
		"nginx": true, "nginx:1.27": true, "nginx:1.27-alpine": true, "nginx:1.99": false, "nginx:lates": false,
		"ngnix": false, "redis:7": true, "postgres:17": true, "httpd:2.4": true, "busybox:1.28": true,
		"gcr.io/google-samples/hello-app:1.0": true, "gcr.io/google-samples/hello-app:3.0": false,
	} {
		_, ok := c.Find(ref)
		require.Equal(t, there, ok, ref)
	}
	require.True(t, c.Known("nginx:1.99"), "the repository is there")
	require.False(t, c.Known("ngnix:1.27"))
}

func TestALayerThatIsThereIsNotDownloadedAgain(t *testing.T) {
	c := workload.Standard()
	one, _ := c.Find("gcr.io/google-samples/hello-app:1.0")
	two, _ := c.Find("gcr.io/google-samples/hello-app:2.0")
	have := map[string]bool{}
	require.Equal(t, two.Bytes(), c.Missing(two, func(l string) bool { return have[l] }))
	for _, l := range one.Layers {
		have[l.Name] = true
	}
	require.Equal(t, int64(11_400_000), c.Missing(two, func(l string) bool { return have[l] }))
}

func TestBehaviour(t *testing.T) {
	const forever = -1
	for _, test := range []struct {
		command []string
		runs    time.Duration
		code    int32
		err     bool
	}{
		{nil, 0, 0, false},
		{[]string{"true"}, 0, 0, false},
		{[]string{"false"}, 0, 1, false},
		{[]string{"sleep", "30"}, 30 * time.Second, 0, false},
		{[]string{"sleep", "1.5"}, 1500 * time.Millisecond, 0, false},
		{[]string{"sleep", "2m"}, 2 * time.Minute, 0, false},
		{[]string{"sleep", "infinity"}, forever, 0, false},
		{[]string{"sleep", "99999999999999"}, forever, 0, false},
		{[]string{"sleep", "soon"}, 0, 1, false},
		{[]string{"sleep"}, 0, 1, false},
		{[]string{"/bin/sh", "-c", "echo a; sleep 3 && false"}, 3 * time.Second, 1, false},
		{[]string{"sh", "-c", "while true; do sleep 1; done"}, forever, 0, false},
		{[]string{"sh", "-c", "while :; do date; sleep 1; done"}, forever, 0, false},
		{[]string{"sh", "-c", "i=0; while [ $i -lt 10 ]; do sleep 1; i=$((i+1)); done; exit 7"}, 10 * time.Second, 7, false},
		{[]string{"sh", "-c", "for i in 1 2 3; do sleep $i; done"}, 6 * time.Second, 0, false},
		{[]string{"sh", "-c", "for i in $(seq 1 5); do sleep 1; done"}, 5 * time.Second, 0, false},
		{[]string{"sh", "-c", "if [ -f /x ]; then exit 1; elif true; then exit 4; else exit 3; fi"}, 0, 4, false},
		{[]string{"sh", "-c", "until [ -f /ready ]; do sleep 2; touch /ready; done; exit 5"}, 2 * time.Second, 5, false},
		{[]string{"sh", "-c", "while true; do sleep 1; break; done; exit 6"}, time.Second, 6, false},
		{[]string{"sh", "-c", "while true; do sleep 1; exit 9; done"}, time.Second, 9, false},
		{[]string{"sh", "-c", "(sleep 2; exit 3)"}, 2 * time.Second, 3, false},
		{[]string{"sh", "-c", "sleep 5 & wait; exit 2"}, 5 * time.Second, 2, false},
		{[]string{"sh", "-c", "false || exit 8"}, 0, 8, false},
		{[]string{"sh", "-c", "! true"}, 0, 1, false},
		{[]string{"sh", "-c", "exec sleep 4"}, 4 * time.Second, 0, false},
		{[]string{"sh", "-c", "exit 300"}, 0, 44, false},
		{[]string{"sh", "-c", "nonsense"}, 0, 127, false},
		{[]string{"sh", "-c", "while true"}, 0, 2, false},
		{[]string{"nonsense"}, 0, 0, true},
	} {
		b := behave(t, "busybox", test.command...)
		require.Equal(t, test.err, b.StartError != "", "%q", test.command)
		if test.err {
			continue
		}
		runs, code, ends := b.End()
		require.Equal(t, test.runs != forever, ends, "%q", test.command)
		if ends {
			require.Equal(t, test.runs, runs.Truncate(100*time.Millisecond), "%q", test.command)
			require.Equal(t, test.code, code, "%q", test.command)
		}
	}
	web := behave(t, "nginx")
	_, _, ends := web.End()
	require.False(t, ends)
	hello := behave(t, "gcr.io/google-samples/hello-app:1.0", "sh")
	require.Equal(t, `exec: "sh": executable file not found in $PATH`, hello.StartError, "there is no shell in it")
}

func TestWhatAScriptPrints(t *testing.T) {
	for _, test := range []struct{ script, want string }{
		{"echo hello", "0s hello\n"},
		{`echo "hello $HOSTNAME"`, "0s hello web-1\n"},
		{`X=5; echo "$X" '$X' ${Y:-none}`, "0s 5 $X none\n"},
		{"echo one; sleep 1; echo two", "0s one\n1s two\n"},
		{"printf 'a\\nb\\n'", "0s a\n0s b\n"},
		{"echo -n a; echo b", "0s ab\n"},
		{"echo kept > /tmp/x; cat /tmp/x", "0s kept\n"},
		{"echo gone > /dev/null 2>&1; echo here", "0s here\n"},
		{"echo 'a b' | grep b", "0s a b\n"},
		{"i=0; while [ $i -lt 3 ]; do echo $i; i=$((i + 1)); sleep 2; done", "0s 0\n2s 1\n4s 2\n"},
		{"ls /tmp; touch /tmp/b /tmp/a; ls /tmp", "0s a\n0s b\n"},
		{"date; sleep 5; date", "0s Sat Feb 18 02:00:00 UTC 2017\n5s Sat Feb 18 02:00:05 UTC 2017\n"},
		{"echo $(hostname)", "0s web-1\n"},
		{"# nothing\necho x # but this", "0s x\n"},
		{"nonsense", "0s sh: nonsense: not found\n"},
	} {
		image, _ := workload.Standard().Find("busybox")
		started := api.Time(time.Date(2017, 2, 18, 2, 0, 0, 0, time.UTC).Unix())
		b := image.Behave("busybox", workload.Launch{Command: []string{"sh", "-c", test.script}, Host: "web-1", Started: started})
		require.Equal(t, test.want, said(b.Lines(0, time.Hour)), test.script)
	}
}

// Of a loop that has run for a year, the last minute costs no more than the first.
func TestTheLogOfALoopIsReadFromAnywhere(t *testing.T) {
	b := sh(t, "while true; do echo tick; sleep 10; done")
	year := 365 * 24 * time.Hour
	require.Len(t, b.Lines(0, time.Minute), 6)
	got := b.Lines(year, year+time.Minute)
	require.InDelta(t, 6, len(got), 1)
	for _, l := range got {
		require.GreaterOrEqual(t, l.At, year)
	}
}

func TestWhatAStopDoes(t *testing.T) {
	for _, test := range []struct {
		name  string
		b     workload.Behaviour
		after time.Duration
		code  int32
		ends  bool
	}{
		{"nginx ends well", behave(t, "nginx"), 200 * time.Millisecond, 0, true},
		{"a Go program without a handler, as process 1", behave(t, "gcr.io/google-samples/hello-app:1.0"), 5 * time.Millisecond, 2, true},
		{"a Java program", behave(t, "slipway/slow-starter"), 500 * time.Millisecond, 143, true},
		{"sleep as process 1 has no handler", behave(t, "busybox", "sleep", "1000"), 0, 0, false},
		{"nor has a shell", sh(t, "while true; do sleep 1; done"), 0, 0, false},
		{"unless it sets a trap, which waits for the command at hand", sh(t, "trap 'echo bye; exit 0' TERM; while true; do sleep 4; done"), 2 * time.Second, 0, true},
		{"or waits", sh(t, "trap 'exit 7' TERM; sleep 1000 & wait"), 0, 7, true},
	} {
		after, code, ends := test.b.Stop(10 * time.Second)
		require.Equal(t, test.ends, ends, test.name)
		if ends {
			require.InDelta(t, float64(test.after), float64(after), float64(100*time.Millisecond), test.name)
			require.Equal(t, test.code, code, test.name)
		}
	}
}

func TestAnswers(t *testing.T) {
	web, liveness := behave(t, "nginx"), behave(t, "registry.k8s.io/e2e-test-images/agnhost:2.40")
	for _, test := range []struct {
		name   string
		b      workload.Behaviour
		port   int32
		path   string
		age    time.Duration
		open   bool
		status int
	}{
		{"nginx is not there at once", web, 80, "/", 0, false, 0},
		{"then it welcomes", web, 80, "/", time.Second, true, 200},
		{"it has few pages", web, 80, "/nothing", time.Second, true, 404},
		{"and one port", web, 8080, "/", time.Second, false, 0},
		{"redis takes connections", behave(t, "redis"), 6379, "/", time.Second, true, 0},
		{"well for ten seconds", liveness, 8080, "/healthz", 9 * time.Second, true, 200},
		{"then not", liveness, 8080, "/healthz", 10 * time.Second, true, 500},
		{"a script can serve", sh(t, "sleep 5; httpd -f -p 8080"), 8080, "/", 6 * time.Second, true, 200},
		{"not before", sh(t, "sleep 5; httpd -f -p 8080"), 8080, "/", 4 * time.Second, false, 0},
	} {
		a := test.b.Answer(test.port, test.path, test.age)
		require.Equal(t, test.open, a.Open, test.name)
		require.Equal(t, test.status, a.Status, test.name)
	}
}

// Whatever an answer is, Change finds the moment it becomes another.
func TestNothingChangesBetweenChanges(t *testing.T) {
	for _, b := range []workload.Behaviour{
		behave(t, "nginx"), behave(t, "slipway/slow-starter"), behave(t, "registry.k8s.io/e2e-test-images/agnhost:1"),
		sh(t, "touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600"),
		sh(t, "while true; do touch /tmp/healthy; sleep 7; rm /tmp/healthy; sleep 7; done"),
	} {
		look := func(age time.Duration) string {
			return fmt.Sprint(b.Answer(80, "/", age), b.Answer(8080, "/healthz", age), b.Exec([]string{"ls", "/tmp"}, age, time.Second).Out)
		}
		next, more := time.Duration(0), true
		now := look(0)
		for age := time.Duration(0); age < 100*time.Second; age += 500 * time.Millisecond {
			for more && next <= age {
				next, more = b.Change(next)
				now = ""
			}
			got := look(age)
			if now == "" {
				now = got
			}
			require.Equal(t, now, got, "at %v", age)
		}
	}
}

func TestMemory(t *testing.T) {
	leaky := behave(t, "slipway/leaky")
	_, now := leaky.Usage(10 * time.Second)
	require.EqualValues(t, 40<<20, now)
	at, ok := leaky.Fills(64 << 20)
	require.True(t, ok)
	require.Equal(t, 22*time.Second, at)
	_, ok = ptr(behave(t, "nginx")).Fills(64 << 20)
	require.False(t, ok)
	cpu, memory := ptr(behave(t, "polinux/stress", "stress", "--vm", "1", "--vm-bytes", "250M", "--cpu", "2")).Usage(time.Second)
	require.EqualValues(t, 2000, cpu)
	require.EqualValues(t, 251<<20, memory)
	cpu, _ = ptr(sh(t, "yes > /dev/null")).Usage(time.Second)
	require.EqualValues(t, 1000, cpu)
}

func ptr(b workload.Behaviour) *workload.Behaviour { return &b }

func TestPostgresWantsAPassword(t *testing.T) {
	image, _ := workload.Standard().Find("postgres")
	b := image.Behave("postgres", workload.Launch{})
	_, code, ends := b.End()
	require.True(t, ends)
	require.EqualValues(t, 1, code)
	require.Contains(t, said(b.Lines(0, time.Second)), "superuser password is not specified")
	b = image.Behave("postgres", workload.Launch{Env: []api.EnvVar{{Name: "POSTGRES_PASSWORD", Value: "x"}}})
	_, _, ends = b.End()
	require.False(t, ends)
	require.EqualValues(t, 2, b.Exec([]string{"pg_isready"}, time.Second, time.Second).Code)
	require.EqualValues(t, 0, b.Exec([]string{"pg_isready"}, time.Minute, time.Second).Code)
}

func TestServe(t *testing.T) {
	pod := &api.Pod{ObjectMeta: api.ObjectMeta{Name: "web"}, Spec: &api.PodSpec{Containers: []api.Container{{Name: "c", Image: "nginx"}}}}
	second := int64(time.Second)
	box := func(run api.ContainerRun) *api.Sandbox {
		run.Name = "c"
		return &api.Sandbox{Containers: []api.ContainerRun{run}}
	}
	c := workload.Standard()
	require.Equal(t, 200, c.Serve(pod, box(api.ContainerRun{State: api.RunRunning, Since: second}), 80, "/", 2*second).Status)
	require.False(t, c.Serve(pod, box(api.ContainerRun{State: api.RunRunning, Since: second}), 80, "/", second).Open, "not up yet")
	require.False(t, c.Serve(pod, box(api.ContainerRun{State: api.RunExited, Since: second}), 80, "/", 2*second).Open)
	stopping := api.ContainerRun{State: api.RunRunning, Since: second, Stopping: true, TermAt: 5 * second}
	require.True(t, c.Serve(pod, box(stopping), 80, "/", 4*second).Open, "its preStop hook still runs")
	require.False(t, c.Serve(pod, box(stopping), 80, "/", 5*second).Open)
}

func TestALessonCanBringItsOwnImages(t *testing.T) {
	c := workload.Standard().With(workload.Image{Repository: "me/app", Tags: []string{"1"}})
	_, ok := c.Find("me/app:1")
	require.True(t, ok)
	_, ok = c.Find("me/app:2")
	require.False(t, ok)
	_, ok = workload.Standard().Find("me/app:1")
	require.False(t, ok, "the standard catalog is not changed")
}

// As in a real shell: a loop of nothing would have no end, and take no time.
func TestAScriptWithNothingToDoIsNone(t *testing.T) {
	im, _ := workload.Standard().Find("busybox")
	b := im.Behave("busybox", workload.Launch{Command: []string{"sleep", "9"}})
	for _, test := range []struct{ script, unexpected string }{
		{"while ; do done", "do"},
		{"while true; do done", "done"},
		{"until do :; done", "do"},
		{"for x in a; do ; done", "done"},
		{"if then echo x; fi", "then"},
		{"if true; then fi", "fi"},
		{"if true; then echo x; else fi", "fi"},
		{"{ }", "}"},
		{"( )", ")"},
		{"while true; do", "end of file"},
	} {
		done := b.Exec([]string{"sh", "-c", test.script}, time.Second, time.Second)
		require.Equal(t, "sh: syntax error: unexpected \""+test.unexpected+"\"\n", done.Err, test.script)
		require.EqualValues(t, 2, done.Code, test.script)
	}
}

// No script hangs, whatever it is, and what it prints is bounded.
func FuzzScript(f *testing.F) {
	for _, script := range []string{
		"while true; do :; done", "echo $(echo $(date))", "for i in a b; do echo $i; done", "a=1; while [ $a ]; do a=$a$a; done",
		"trap 'exit 1' TERM; sleep 5 & wait", "if true; then { echo x; } else y; fi", "echo 'a", "while while true; do done", "x=$((x+1)) && echo \"${x:-y}\" 2>&1 > /tmp/x",
		"while ; do done", "until while do done; do if then fi; done", "for x in a b; do { } done",
	} {
		f.Add(script)
	}
	f.Fuzz(func(t *testing.T, script string) {
		b := sh(t, script)
		b.End()
		b.Stop(time.Minute)
		b.Change(time.Minute)
		require.LessOrEqual(t, len(b.Lines(0, time.Hour)), 20_000)
		b.Exec([]string{"sh", "-c", script}, time.Second, time.Second)
	})
}

func TestPsShowsWhatTheContainerWasStartedWith(t *testing.T) {
	for _, test := range []struct {
		image, want string
		launch      workload.Launch
	}{
		{"busybox", "1 root      0:00 sleep 9\n", workload.Launch{Command: []string{"sleep"}, Args: []string{"9"}}},
		{"redis", "1 root      0:00 redis-server\n", workload.Launch{}},
		{"busybox", "1 root      0:00 sh\n", workload.Launch{Terminal: true}},
	} {
		im, _ := workload.Standard().Find(test.image)
		b := im.Behave(test.image, test.launch)
		require.Contains(t, b.Exec([]string{"ps"}, time.Second, time.Second).Out, test.want)
	}
}
