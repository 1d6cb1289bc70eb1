package workload_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/workload"
	"github.com/stretchr/testify/require"
)

func Example() {
	image, ok := workload.Standard().Find("docker.io/library/busybox:latest")
	fmt.Println(ok, workload.PullTime(image.Bytes).Round(time.Millisecond))
	b := image.Behave([]string{"sh", "-c", "sleep 5; exit 3"}, nil)
	fmt.Println(b.Runs, "exit", b.ExitCode)
	// Output:
	// true 537ms
	// 5s exit 3
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
	require.Regexp(t, `^sha256:[0-9a-f]{64}$`, workload.Digest("nginx"))
	require.Equal(t, workload.Digest("nginx"), workload.Digest("docker.io/library/nginx:latest"))
}

func TestBehaviour(t *testing.T) {
	box, _ := workload.Standard().Find("busybox")
	for _, test := range []struct {
		command []string
		runs    time.Duration
		code    int32
		forever bool
		err     bool
	}{
		{nil, 0, 0, false, false},
		{[]string{"true"}, 0, 0, false, false},
		{[]string{"false"}, 0, 1, false, false},
		{[]string{"sleep", "30"}, 30 * time.Second, 0, false, false},
		{[]string{"sleep", "1.5"}, 1500 * time.Millisecond, 0, false, false},
		{[]string{"sleep", "2m"}, 2 * time.Minute, 0, false, false},
		{[]string{"sleep", "infinity"}, 0, 0, true, false},
		{[]string{"sleep", "99999999999999"}, 100 * 365 * 24 * time.Hour, 0, false, false},
		{[]string{"sleep", "soon"}, 0, 1, false, false},
		{[]string{"sleep"}, 0, 1, false, false},
		{[]string{"/bin/sh", "-c", "echo a; sleep 3 && false"}, 3 * time.Second, 1, false, false},
		{[]string{"sh", "-c", "while true; do sleep 1; done"}, 0, 0, true, false},
		{[]string{"sh", "-c", "exit 300"}, 0, 44, false, false},
		{[]string{"sh", "-c", "nonsense"}, 0, 127, false, false},
		{[]string{"nonsense"}, 0, 0, false, true},
	} {
		b := box.Behave(test.command, nil)
		require.Equal(t, test.err, b.StartError != "", "%q", test.command)
		require.Equal(t, test.runs, b.Runs, "%q", test.command)
		require.Equal(t, test.code, b.ExitCode, "%q", test.command)
		require.Equal(t, test.forever, b.Forever, "%q", test.command)
	}
	web, _ := workload.Standard().Find("nginx")
	require.True(t, web.Behave(nil, nil).Forever)
	require.NotEmpty(t, web.Behave([]string{"sleep", "1"}, nil).StartError, "the model of nginx has no shell")
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
