package slipway_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// tooHeavy are packages that must not come into the engine again, not even by way of another: what each weighed
// there, with what it alone needs, is in docs/bench.md and docs/decisions/003-own-yaml-reader.md.
var tooHeavy = []string{"encoding/json", "regexp", "regexp/syntax", "text/template", "html/template", "net/http", yaml}

func TestTheEngineStaysFreeOfHeavyPackages(t *testing.T) {
	list := exec.Command("go", "list", "-deps", "./wasm/browser")
	list.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := list.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	closure := strings.Fields(string(out))
	if !slices.Contains(closure, module+"/orchestrate") {
		t.Fatalf("that is not the engine: %s", out)
	}
	for _, path := range closure {
		if slices.Contains(tooHeavy, path) {
			t.Errorf("the engine imports %s; `GOOS=js GOARCH=wasm go list -deps -f '{{.ImportPath}} {{.Imports}}' ./wasm/browser` shows by which way", path)
		}
	}
}
