package userland_test

import (
	"fmt"
	"slices"

	"github.com/slipway-dev/slipway/isolate/model/userland"
)

// The programs of a machine are named by their files.
func ExamplePrograms() {
	links, _ := userland.Names()
	fmt.Println(userland.Programs()["busybox"] != nil, slices.Contains(links, "sh"))
	// Output: true true
}
