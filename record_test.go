package slipway_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/slipway-dev/slipway/internal/tools/tree"
)

// tableName is the first cell of a Markdown table's row, in code quotes: | `name` | ... |.
var tableName = regexp.MustCompile("(?m)^\\| *`([^`]+)` *\\|(.*)$")

func TestEveryDependencyHasAReason(t *testing.T) {
	reasons := make(map[string]string)
	for _, m := range tableName.FindAllStringSubmatch(readText(t, "docs/dependencies.md"), -1) {
		reasons[m[1]] = strings.Trim(m[2], " |")
	}
	used := dependencies(t)
	for _, problem := range disagreements(used, reasons) {
		t.Error(problem)
	}
	if len(used) == 0 {
		t.Error("no dependency found in go.mod or site/package.json: nothing was compared")
	}
}

// disagreements compares what is used (name -> file that says so) with the reasons that are written down.
func disagreements(used, reasons map[string]string) []string {
	var found []string
	for _, name := range slices.Sorted(maps.Keys(used)) {
		if reasons[name] == "" {
			found = append(found, fmt.Sprintf("%s uses %s, and docs/dependencies.md gives no reason", used[name], name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(reasons)) {
		if used[name] == "" {
			found = append(found, fmt.Sprintf("docs/dependencies.md names %s, which nothing uses", name))
		}
	}
	return found
}

// dependencies maps each dependency to the file that requires it: all of the module's own, the direct ones
// of modules nested in it, the tools, and all that the site's package.json files name.
func dependencies(t *testing.T) map[string]string {
	t.Helper()
	used := make(map[string]string)
	for _, name := range requirements(readText(t, "go.mod"), true) {
		used[name] = "go.mod"
	}
	nested, err := filepath.Glob("internal/*/*.mod")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range nested {
		for _, name := range requirements(readText(t, filepath.ToSlash(file)), false) {
			used[name] = file
		}
	}
	for _, file := range []string{"site/package.json", "site/lighthouse/package.json"} {
		var site struct{ Dependencies, DevDependencies, OptionalDependencies map[string]string }
		if err := json.Unmarshal([]byte(readText(t, file)), &site); err != nil {
			t.Fatal(err)
		}
		for _, set := range []map[string]string{site.Dependencies, site.DevDependencies, site.OptionalDependencies} {
			for name := range set {
				used[name] = file
			}
		}
	}
	return used
}

var (
	requirement = regexp.MustCompile(`(?m)^(?:require)?\s+([\w./~-]+\.[\w./~-]+) v\S+( // indirect)?$`)
	toolLine    = regexp.MustCompile(`(?m)^(?:tool)?\s+([\w./~-]+\.[\w./~-]+)$`)
)

// requirements lists the modules a go.mod requires. Of the indirect ones it lists those that hold a tool,
// and all if indirect is set.
func requirements(mod string, indirect bool) []string {
	var names []string
	tools := toolLine.FindAllStringSubmatch(mod, -1)
	for _, m := range requirement.FindAllStringSubmatch(mod, -1) {
		holdsTool := slices.ContainsFunc(tools, func(tool []string) bool { return strings.HasPrefix(tool[1], m[1]+"/") })
		if indirect || m[2] == "" || holdsTool {
			names = append(names, m[1])
		}
	}
	return names
}

func TestEveryDifferenceNamesATest(t *testing.T) {
	packages, err := tree.Load(token.NewFileSet(), ".")
	if err != nil {
		t.Fatal(err)
	}
	tests := make(map[string]bool)
	for _, p := range packages {
		for _, f := range p.Files {
			for _, decl := range f.AST.Decls {
				if d, ok := decl.(*ast.FuncDecl); ok && f.Test && d.Recv == nil {
					tests[path.Join(p.Path, d.Name.Name)] = true
				}
			}
		}
	}
	text := readText(t, "docs/differences.md")
	for _, problem := range unproved(text, tests) {
		t.Error(problem)
	}
}

var testName = regexp.MustCompile("`([\\w./-]+)\\.((?:Test|Example|Fuzz)\\w*)`")

// unproved lists the rows of the tables of differences that name no test, or one that does not exist. A
// test is written `orchestrate/store.TestName`.
func unproved(text string, tests map[string]bool) []string {
	var found []string
	for _, line := range strings.Split(text, "\n") {
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "| ---") || strings.HasPrefix(line, "| what ") {
			continue
		}
		names := testName.FindAllStringSubmatch(line, -1)
		if len(names) == 0 {
			found = append(found, "no test named: "+line)
		}
		for _, m := range names {
			if !tests[path.Join(m[1], m[2])] {
				found = append(found, fmt.Sprintf("there is no test %s.%s: %s", m[1], m[2], line))
			}
		}
	}
	return found
}

func TestTheRecordGuardsCatch(t *testing.T) {
	const mod = "module m\n\ngo 1.26\n\ntool example.org/tool/cmd/x\n\nrequire example.org/one v1.0.0\n\nrequire (\n\texample.org/two/v2 v2.0.0 // indirect\n\texample.org/tool v0.1.0 // indirect\n)\n"
	if got, want := requirements(mod, true), []string{"example.org/one", "example.org/two/v2", "example.org/tool"}; !slices.Equal(got, want) {
		t.Errorf("all requirements: got %q, want %q", got, want)
	}
	if got, want := requirements(mod, false), []string{"example.org/one", "example.org/tool"}; !slices.Equal(got, want) {
		t.Errorf("direct requirements: got %q, want %q", got, want)
	}
	got := disagreements(map[string]string{"a": "go.mod", "b": "go.mod"}, map[string]string{"b": "because", "c": "because"})
	if len(got) != 2 || !strings.Contains(got[0], "uses a") || !strings.Contains(got[1], "names c") {
		t.Errorf("disagreements: %q", got)
	}
	tests := map[string]bool{"labels/TestA": true}
	got = unproved("| what | why | test |\n| --- | --- | --- |\n| x | y | `labels.TestA` |\n| x | y | `labels.TestB` |\n| x | y | |\n", tests)
	if len(got) != 2 || !strings.Contains(got[0], "no test labels.TestB") || !strings.Contains(got[1], "no test named") {
		t.Errorf("unproved: %q", got)
	}
}
