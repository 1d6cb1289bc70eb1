package isolate

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var goBlock = regexp.MustCompile("(?s)```go\n(.*?)```")

// The Go in the chapters is that of the package's examples, which run.
func TestTheChaptersShowExamplesThatRun(t *testing.T) {
	files, err := filepath.Glob("../docs/isolate/*.md")
	require.NoError(t, err)
	if files == nil {
		t.Skip("the chapters are not here, as in the rig")
	}
	examples, err := os.ReadFile("example_test.go")
	require.NoError(t, err)
	found := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, block := range goBlock.FindAllSubmatch(text, -1) {
			require.True(t, strings.Contains(string(examples), string(block[1])), "%s shows what is no example:\n%s", file, block[1])
			found++
		}
	}
	require.GreaterOrEqual(t, found, 6)
}
