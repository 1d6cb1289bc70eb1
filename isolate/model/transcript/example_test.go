package transcript_test

import (
	"fmt"

	"github.com/slipway-dev/slipway/isolate/model/transcript"
)

// A recording is compared with what the model kernel answers.
func ExampleCompare() {
	t, _ := transcript.Parse("# demo: a name\n$ hostname\nlab\n$ hostname x | cat; hostname\nlab\n")
	fmt.Print(transcript.Report([]transcript.Outcome{transcript.Compare(t)}))
	// Output:
	// demo differs (- the kernel, + the model)
	//   $ hostname x | cat; hostname
	//   -lab
	//   +x
	//
	// demo: commands 1 of 2, transcripts 0 of 1
	// transcripts: 0 of 1 equal
}
