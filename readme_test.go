package slipway_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var goBlock = regexp.MustCompile("(?ms)^```go\n(.*?)^```$")

// The first program people copy must compile, run, and come to the end it shows.
func TestTheProgramInTheReadmeRuns(t *testing.T) {
	programs := goBlock.FindAllStringSubmatch(readText(t, "README.md"), -1)
	if len(programs) == 0 {
		t.Fatal("README.md shows no Go program")
	}
	for _, program := range programs {
		file := filepath.Join(t.TempDir(), "main.go")
		if err := os.WriteFile(file, []byte(program[1]), 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("go", "run", file).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		for _, want := range []string{"quiet: true", "admin create Pod", "kubelet node-"} {
			if !strings.Contains(string(out), want) {
				t.Errorf("the program does not print %q:\n%s", want, out)
			}
		}
	}
}
