// Command replay plays the recordings of a folder and says what differs; see package golden.
package main

import (
	"fmt"
	"os"

	"github.com/slipway-dev/slipway/internal/golden"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: replay DIR")
		os.Exit(2)
	}
	if err := golden.Report(os.Stdout, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "golden:", err)
		os.Exit(1)
	}
}
