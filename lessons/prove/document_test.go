package prove_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/slipway-dev/slipway/lessons"
	"github.com/slipway-dev/slipway/lessons/prove"
	"github.com/stretchr/testify/require"
)

// documented is the small lesson of docs/lessons.md, as a stranger would copy it.
func documented(t *testing.T) (text, scenario, lesson string) {
	b, err := os.ReadFile("../../docs/lessons.md")
	require.NoError(t, err)
	text = string(b)
	block := func(pattern string) string {
		found := regexp.MustCompile(pattern).FindStringSubmatch(text)
		require.NotNil(t, found, pattern)
		return found[1]
	}
	return text, block("(?s)```yaml\n(name: settings\n.*?)```"), block("(?s)````markdown\n(.*?)````")
}

func folder(scenario, lesson string) fstest.MapFS {
	return fstest.MapFS{"settings/scenario.yaml": {Data: []byte(scenario)}, "settings/lesson.en.md": {Data: []byte(lesson)}}
}

func TestTheLessonOfTheDocumentHolds(t *testing.T) {
	_, scenario, lesson := documented(t)
	l, err := lessons.Read(folder(scenario, lesson), "settings")
	require.NoError(t, err)
	findings, err := prove.Lesson(l)
	require.NoError(t, err)
	require.Empty(t, findings)
	pictures, err := prove.Pictures(l)
	require.NoError(t, err)
	require.Len(t, pictures, 1)
}

func TestTheMistakeOfTheDocumentIsToldAsItSays(t *testing.T) {
	text, scenario, lesson := documented(t)
	_, err := lessons.Read(folder(strings.Replace(scenario, "goals:", "goal:", 1), lesson), "settings")
	require.Error(t, err)
	first, _, _ := strings.Cut(err.Error()[strings.Index(err.Error(), "settings/scenario.yaml:15"):], "\n")
	require.Contains(t, strings.Join(strings.Fields(text), " "), first)
}
