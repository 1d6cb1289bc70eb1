// Command replay types every transcript of a folder to the model kernel and prints what came out otherwise.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/slipway-dev/slipway/isolate/model/transcript"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: replay DIR|FILE...")
		os.Exit(2)
	}
	var outcomes []transcript.Outcome
	for _, arg := range os.Args[1:] {
		files := []string{arg}
		if st, err := os.Stat(arg); err == nil && st.IsDir() {
			files, _ = filepath.Glob(filepath.Join(arg, "*.txt"))
			own, _ := filepath.Glob(filepath.Join(arg, "own", "*.txt"))
			files = append(files, own...)
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				fmt.Fprintln(os.Stderr, "replay:", err)
				os.Exit(1)
			}
			t, err := transcript.Parse(string(text))
			if err != nil {
				fmt.Fprintf(os.Stderr, "replay: %s: %v\n", name, err)
				os.Exit(1)
			}
			outcomes = append(outcomes, transcript.Compare(t))
		}
	}
	fmt.Print(transcript.Report(outcomes))
}
