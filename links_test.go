package slipway_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	markdownLink = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading      = regexp.MustCompile(`(?m)^#+ +(.+)$`)
	fenced       = regexp.MustCompile("(?ms)^ *```.*?^ *```")
	notInAnchor  = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

func TestEveryLinkInTheDocsLeadsSomewhere(t *testing.T) {
	links := 0
	for _, file := range markdownFiles(t) {
		text := readText(t, file)
		for _, m := range markdownLink.FindAllStringSubmatch(fenced.ReplaceAllString(text, ""), -1) {
			if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
				continue
			}
			links++
			if problem := brokenLink(file, m[1]); problem != "" {
				t.Errorf("%s: link %s: %s", file, m[1], problem)
			}
		}
	}
	if links == 0 {
		t.Error("no relative link found in any document: the README must lead on")
	}
}

// brokenLink says why a relative link of the file leads nowhere; "" if it does not.
func brokenLink(file, link string) string {
	target, anchor, _ := strings.Cut(link, "#")
	name := file
	if target != "" {
		name = path.Join(path.Dir(file), target)
	}
	source, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		if info, statErr := os.Stat(filepath.FromSlash(name)); statErr == nil && info.IsDir() && anchor == "" {
			return ""
		}
		return "there is no " + name
	}
	if anchor == "" {
		return ""
	}
	for _, h := range heading.FindAllStringSubmatch(string(source), -1) {
		if strings.ReplaceAll(notInAnchor.ReplaceAllString(strings.ToLower(h[1]), ""), " ", "-") == anchor {
			return ""
		}
	}
	return name + " has no heading #" + anchor
}

// markdownFiles are the module's documents, lessons aside: those are checked by their own tests.
func markdownFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != "." && (slices.Contains([]string{"node_modules", "testdata", "dist", "lessons", "build"}, d.Name()) || d.Name()[0] == '.') {
			return fs.SkipDir
		}
		if strings.HasSuffix(name, ".md") {
			files = append(files, filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func readText(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
