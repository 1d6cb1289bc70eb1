package tree

import (
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLoadSkipsWhatIsNotTheModules(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":               "module m\n",
		"b/x.go":               "package b\n\nimport \"fmt\"\n",
		"b/x_test.go":          "package b_test\n",
		"b/x_gen.go":           "//go:build never\n\npackage b\n",
		"a/a.go":               "package a\n",
		"a/testdata/t.go":      "package broken broken\n",
		"nested/go.mod":        "module n\n",
		"nested/n.go":          "package n\n",
		"node_modules/n/n.go":  "package n\n",
		".hidden/h.go":         "package h\n",
		"docs/not-go/guide.md": "# A guide\n",
	} {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := Load(token.NewFileSet(), root)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Path != "a" || got[1].Path != "b" || got[1].Name != "b" || len(got[1].Files) != 3 {
		t.Fatalf("packages: %+v", got)
	}
	x, gen, test := got[1].Files[0], got[1].Files[1], got[1].Files[2]
	if x.Name != "b/x.go" || x.Lines != 3 || len(x.Imports) != 1 || x.Imports[0] != "fmt" || x.Test || x.Generated {
		t.Errorf("x.go: %+v", x)
	}
	if !gen.Generated || gen.Test || !test.Test {
		t.Errorf("x_gen.go: %+v; x_test.go: %+v", gen, test)
	}
}

func TestLoadNamesTheFileItCannotParse(t *testing.T) {
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "x.go"), []byte("package"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(token.NewFileSet(), root); err == nil || !strings.Contains(err.Error(), "x.go") {
		t.Errorf("no error for a broken file: %v", err)
	}
}
