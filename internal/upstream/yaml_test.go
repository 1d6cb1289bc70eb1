package upstream

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	kubectls "go.yaml.in/yaml/v2"
	positioned "go.yaml.in/yaml/v3"

	"github.com/slipway-dev/slipway/internal/yaml"
)

// unread takes any document and decodes nothing, so that only the syntax is judged.
type unread struct{}

func (unread) UnmarshalYAML(func(any) error) error { return nil }

// meant are the inputs on which we differ from kubectl's reader on purpose, see docs/differences.md.
func meant(src []byte) bool {
	deep := len(src) > yaml.MaxDepth && bytes.Count(src, []byte("["))+bytes.Count(src, []byte("{"))+bytes.Count(src, []byte("-"))+bytes.Count(src, []byte("?")) > yaml.MaxDepth
	return deep || bytes.LastIndex(src, []byte("\ufeff")) > 0 || bytes.HasPrefix(src, []byte("\xff\xfe\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff\xfe\xff"))
}

// emptyKey is an empty list or map used as a key. Both libraries take what is before the colon for the whole value, the
// second of them depending on what follows.
var emptyKey = regexp.MustCompile(`[\]}]\s*:`)

// compareYAML holds our reader against two libraries: the one kubectl reads with, for what is refused and with which
// words, and its successor, which keeps positions, for the trees. It says what differs.
func compareYAML(src []byte) string {
	ours, err := yaml.Parse(src)
	var into unread
	theirs := kubectls.Unmarshal(src, &into)
	if errText(err) != errText(theirs) {
		return fmt.Sprintf("error %q, kubectl's is %q", errText(err), errText(theirs))
	}
	var doc positioned.Node
	if err != nil || positioned.Unmarshal(src, &doc) != nil || emptyKey.Match(src) {
		return "" // the successor reads on beyond the first document, and may stumble there
	}
	switch {
	case len(doc.Content) == 0 && ours != nil:
		return "a document where there is none"
	case len(doc.Content) == 0:
		return ""
	case ours == nil:
		return "no document where there is one"
	}
	return compareNodes(ours, doc.Content[0], "root", bytes.Contains(src, []byte("#")))
}

var kinds = map[positioned.Kind]yaml.Kind{
	positioned.ScalarNode: yaml.Scalar, positioned.SequenceNode: yaml.Sequence, positioned.MappingNode: yaml.Mapping, positioned.AliasNode: yaml.Alias,
}

var styles = map[positioned.Style]yaml.Style{
	0: 0, positioned.SingleQuotedStyle: yaml.SingleQuoted, positioned.DoubleQuotedStyle: yaml.DoubleQuoted,
	positioned.LiteralStyle: yaml.Literal, positioned.FoldedStyle: yaml.Folded, positioned.FlowStyle: yaml.Flow,
}

func compareNodes(ours *yaml.Node, theirs *positioned.Node, path string, comments bool) string {
	tag := ""
	if theirs.Style&positioned.TaggedStyle != 0 {
		tag = theirs.Tag
	}
	line, column := ours.Line, ours.Column
	if comments && ours.Kind == yaml.Scalar && ours.Style == 0 && ours.Value == "" {
		line, column = theirs.Line, theirs.Column // where nothing stands depends on how comments are attached
	}
	got := fmt.Sprintf("%d %d %q %q %q %d:%d with %d", ours.Kind, ours.Style, ours.Tag, ours.Value, ours.Anchor, line, column, len(ours.Content))
	want := fmt.Sprintf("%d %d %q %q %q %d:%d with %d", kinds[theirs.Kind], styles[theirs.Style&^positioned.TaggedStyle], tag,
		theirs.Value, theirs.Anchor, theirs.Line, theirs.Column, len(theirs.Content))
	if got != want {
		return fmt.Sprintf("%s: %s, want %s", path, got, want)
	}
	for i := range ours.Content {
		if d := compareNodes(ours.Content[i], theirs.Content[i], fmt.Sprintf("%s/%d", path, i), comments); d != "" {
			return d
		}
	}
	return ""
}

// yamlCorpus are the manifests of the repository and the corners of the specification in testdata/yaml.txt, one a line.
func yamlCorpus(t testing.TB) []string {
	t.Helper()
	var corpus []string
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
			return filepath.SkipDir
		}
		if ext := filepath.Ext(path); ext != ".yaml" && ext != ".yml" {
			return nil
		}
		b, err := os.ReadFile(path)
		corpus = append(corpus, string(b))
		return err
	})
	if err != nil || len(corpus) < 30 {
		t.Fatalf("%d manifests found: %v", len(corpus), err)
	}
	corners, err := os.ReadFile("testdata/yaml.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(strings.TrimSpace(string(corners)), "\n") {
		src, err := strconv.Unquote(`"` + line + `"`)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		corpus = append(corpus, src)
	}
	long := strings.Repeat("k", 1030)
	return append(corpus, long+": b", "a: 1\n"+long+": b", "{"+long+": b}", "? "+long+"\n: b", "["+strings.Repeat("a,", 520)+"]: b",
		strings.Repeat("x", 500)+": \x01", "a: b: c\n"+strings.Repeat("#", 520)+"\x01", "a: b: c\n"+strings.Repeat("#", 490)+"\x01")
}

func TestYAMLIsReadAsKubectlReadsIt(t *testing.T) {
	for _, src := range yamlCorpus(t) {
		if d := compareYAML([]byte(src)); d != "" && !meant([]byte(src)) {
			t.Errorf("%q: %s", src, d)
		}
	}
}

// TestWrongYAMLIsRefusedAsKubectlRefusesIt breaks what is right in small ways, the same ways every time.
func TestWrongYAMLIsRefusedAsKubectlRefusesIt(t *testing.T) {
	corpus, r, refused := yamlCorpus(t), rand.New(rand.NewPCG(1, 2)), 0
	for range 40_000 {
		src := []byte(broken(r, corpus[r.IntN(len(corpus))]))
		if meant(src) {
			continue
		}
		if d := compareYAML(src); d != "" {
			t.Errorf("%q: %s", src, d)
		}
		if _, err := yaml.Parse(src); err != nil {
			refused++
		}
	}
	if refused < 10_000 {
		t.Errorf("only %d were refused", refused)
	}
}

// pieces are what mean something in YAML, and what is not YAML.
var pieces = []string{":", ": ", "- ", "\n", "\n  ", " ", "  ", "\t", "{", "}", "[", "]", ",", "?", "? ", "&a ", "*a", "!", "!!str ", "|", ">", "'", `"`, "%", "@",
	"`", "#", " #", `\`, "--- ", "...", "\r", "é", "\u0085", "\u2028", "%20", "\x01", "\xff", "<", ">\n", "|2-\n", "-", `\x4`, "\n\n", "%YAML 1.1\n", "%TAG !e! x:\n", "!e!x "}

// broken is a piece of at most ten lines in which something was put in, left out or replaced.
func broken(r *rand.Rand, src string) string {
	if lines := strings.SplitAfter(src, "\n"); len(lines) > 12 {
		from := r.IntN(len(lines) - 10)
		src = strings.Join(lines[from:from+10], "")
	}
	for range 1 + r.IntN(4) {
		at := r.IntN(len(src) + 1)
		piece, gone := pieces[r.IntN(len(pieces))], min(1, len(src)-at)
		switch r.IntN(3) {
		case 0:
			gone = 0
		case 1:
			piece, gone = "", min(r.IntN(8), len(src)-at)
		}
		src = src[:at] + piece + src[at+gone:]
	}
	return src
}

func FuzzYAML(f *testing.F) {
	for _, src := range yamlCorpus(f) {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if d := compareYAML(src); d != "" && !meant(src) {
			t.Fatalf("%q: %s", src, d)
		}
	})
}
