package lab_test

import (
	"fmt"

	"github.com/slipway-dev/slipway/isolate/model/lab"
)

// A shell answers as on a server.
func ExampleLab_Run() {
	l := lab.New()
	defer l.Close()
	for _, line := range []string{"hostname", "sh -c 'kill -KILL $$'", "echo 1 > /sys/fs/cgroup/cgroup.controllers"} {
		out, status := l.Run(line)
		fmt.Printf("%s[%d]\n", out, status)
	}
	// Output:
	// lab
	// [0]
	// Killed
	// [137]
	// sh: write error: Invalid argument
	// [1]
}
