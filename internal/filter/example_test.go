package filter_test

import (
	"fmt"

	"github.com/slipway-dev/slipway/internal/filter"
)

// A filter is found by its name, and is a function of what it is given.
func Example() {
	grep, _ := filter.Find("grep")
	res := grep(filter.Call{
		Args:  []string{"grep", "-v", "Running"},
		Stdin: []byte("web-1  Running\nweb-2  Pending\n"),
	})
	fmt.Print(res.Stdout)
	// Output:
	// web-2  Pending
}
