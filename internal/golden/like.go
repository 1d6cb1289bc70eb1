package golden

import (
	"regexp"
	"strings"
)

// masks are what stands in recordings for values that are another each time, and what such a value looks like.
var masks = strings.NewReplacer(
	"<age>", `(?:[0-9]+[a-z][0-9a-z]*|<unknown>|<invalid>)`,
	"<time>", `(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z|[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}|<time>)`,
	"<podip>", `\d+\.\d+\.\d+\.\d+`,
	"<clusterip>", `\d+\.\d+\.\d+\.\d+`,
	"<uid>", `(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|<uid>)`,
	"<rand>", `[a-z0-9]{5}`,
	"<rv>", `(?:\d+|<rv>)`,
)

var hashWord = regexp.MustCompile(`((?:pod-template|controller-revision)-hash=)(<hash:[^>]*>|[a-z0-9-]+)`)

// like tells whether a text is the recorded one, a mask standing for any value of its kind.
func like(want, got string) bool {
	if want == got {
		return true
	}
	if !strings.Contains(want, "<") && !strings.Contains(want, "-hash=") {
		return false
	}
	want, got = hashWord.ReplaceAllString(want, "${1}h"), hashWord.ReplaceAllString(got, "${1}h")
	if want == got {
		return true
	}
	pattern, err := regexp.Compile(`\A` + masks.Replace(regexp.QuoteMeta(want)) + `\z`)
	return err == nil && pattern.MatchString(got)
}

// likes compares lists of lines and notes the first that differ.
func (c *comparer) likes(path string, want, got []string) {
	const most = 6
	shown := 0
	for i := range max(len(want), len(got)) {
		switch {
		case i >= len(got):
			c.differ(path, want[i], absent{})
		case i >= len(want):
			c.differ(path, absent{}, got[i])
		case !like(want[i], got[i]):
			c.differ(path, want[i], got[i])
		default:
			continue
		}
		if shown++; shown == most {
			return
		}
	}
}
