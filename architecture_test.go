package slipway_test

import (
	"fmt"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/slipway-dev/slipway/internal/tools/tree"
)

const module = "github.com/slipway-dev/slipway"

const (
	yaml     = "go.yaml.in/yaml/v3"
	goldmark = "github.com/yuin/goldmark" // and what lies below it
	unix     = "golang.org/x/sys/unix"
	workers  = "github.com/syumai/workers"
)

// room is a row of the house's table: what a package may import beside the standard library.
type room struct {
	path string
	may  []string // package paths, those of the module relative to it; "..." allows everything of the module
	// linux holds what only files named *_linux.go may import.
	linux []string
	// host allows net, regexp and the like: nothing of this package is compiled into the engine.
	host bool
	why  string // printed when the row is broken
}

// vocabulary is what every decider reads: objects, their schema, a snapshot, a plan, virtual time.
var vocabulary = []string{
	"internal/fmt", "internal/calendar", "internal/replace", "internal/sorting", "orchestrate/api", "orchestrate/schema", "orchestrate/store", "orchestrate/reconcile", "orchestrate/clock", "labels",
}

// engine is what orchestrate puts together; request and everything above it go through orchestrate.
var engine = slices.Concat(vocabulary, []string{
	"internal/version", "orchestrate/admit", "orchestrate/auth", "orchestrate/schedule", "orchestrate/controller", "orchestrate/kubelet",
	"orchestrate/network", "orchestrate/workload",
})

// pure is everything a session may be made of.
var pure = slices.Concat(engine, []string{
	"isolate", "isolate/image", "isolate/model", "isolate/model/userland", "isolate/model/container", "isolate/model/lab", "internal/json", "internal/shell", "internal/filter", "orchestrate", "orchestrate/request",
	"playground/kubectl", "playground/podspec", "playground/pipeline", "lessons",
})

const (
	whyDecider = "a decider reads a snapshot and returns a plan; what it shares with another decider goes through the store"
	whyTool    = "tools look at the house from outside"
)

// house is the table. Anything absent from it is forbidden, a package as well as an import.
var house = []room{
	{path: "labels", why: "labels is the standard library's guest: importing it must cost nothing"},
	{path: "labels/fields", may: []string{"labels"}, why: "fields are selectors over other keys"},
	{path: "isolate", linux: []string{unix}, host: true, why: "isolation is the kernel's work; only files named *_linux.go talk to it"},
	{path: "isolate/image", may: []string{"internal/sha256", "internal/sorting"}, why: "an image is data that becomes a root file system, nothing more"},
	{path: "internal/sha256", why: "a hash needs nothing: it is here because of its weight"},
	{path: "isolate/model", may: []string{"isolate", "isolate/image", "internal/replace", "internal/sorting"}, why: "the model kernel knows no cluster; its clock is an interface it declares"},
	{path: "isolate/model/userland", may: []string{"isolate/model", "internal/shell", "internal/filter", "internal/replace", "internal/sorting"}, why: "a command makes system calls; what they do is the model kernel's to say"},
	{path: "isolate/model/container", may: []string{"isolate", "isolate/model"}, why: "plans are carried out by system calls of the model kernel"},
	{path: "isolate/model/lab", may: []string{"isolate/model", "isolate/model/userland", "isolate/model/container"}, why: "a lab is a machine that was set up by system calls"},
	{path: "isolate/model/transcript", may: []string{"isolate/model/lab"}, host: true, why: "recordings are replayed by typing; nothing of it is compiled into the engine"},
	{path: "isolate/model/transcript/replay", may: []string{"isolate/model/transcript"}, host: true, why: "the command only prints"},
	{path: "internal/fmt", why: "printing needs reflection and nothing else of weight: it is here because of its weight"},
	{path: "internal/calendar", why: "a moment is a number and a text: it is here because of its weight"},
	{path: "internal/version", why: "it says two versions"},
	{path: "internal/replace", why: "replacing texts needs nothing: it is here because of its weight"},
	{path: "internal/sorting", why: "it sorts what it knows nothing of"},
	{path: "internal/json", may: []string{"internal/sorting"}, why: "writing and reading JSON needs reflection and nothing else of weight: it is here because of its weight"},
	{path: "internal/yaml", why: "reading YAML needs the standard library's smallest parts: it is here because of its weight"},
	{path: "internal/shell", may: []string{"internal/fmt", "internal/replace"}, why: "parsing a command line needs no knowledge of what runs it"},
	{path: "internal/filter", may: []string{"internal/replace", "internal/sorting"}, why: "a text filter needs nothing but its text"},
	{path: "orchestrate/api", may: []string{"internal/fmt", "internal/calendar", "labels", "internal/json"}, why: "types are data"},
	{path: "orchestrate/schema", may: []string{"internal/fmt", "internal/calendar", "internal/sorting", "orchestrate/api", "labels", "internal/json", "internal/yaml"}, why: "the schema describes types; it knows no world"},
	{path: "orchestrate/clock", why: "virtual time is a number and a queue"},
	{path: "orchestrate/store", may: []string{"internal/fmt", "orchestrate/api", "labels", "internal/json"}, why: "the store keeps objects and knows nothing about them"},
	{path: "orchestrate/reconcile", may: []string{"internal/fmt", "orchestrate/api", "orchestrate/store", "orchestrate/clock"}, why: "the contract of a reconciler is a snapshot, a key, a time and a plan"},
	{path: "orchestrate/admit", may: vocabulary, why: whyDecider},
	{path: "orchestrate/auth", may: vocabulary, why: whyDecider},
	{path: "orchestrate/schedule", may: vocabulary, why: whyDecider},
	{path: "orchestrate/controller", may: vocabulary, why: whyDecider},
	{path: "orchestrate/kubelet", may: slices.Concat(vocabulary, []string{"orchestrate/workload"}), why: whyDecider},
	{path: "orchestrate/network", may: slices.Concat(vocabulary, []string{"orchestrate/workload"}), why: whyDecider},
	{path: "orchestrate/workload", may: vocabulary, why: whyDecider},
	{path: "orchestrate", may: engine, why: "the engine puts the deciders together; what a client may ask is above it"},
	{path: "orchestrate/request", may: []string{"internal/fmt", "internal/calendar", "internal/sorting", "orchestrate", "orchestrate/api", "orchestrate/schema", "labels", "labels/fields"}, why: "a client's request reaches the world through orchestrate alone"},
	{path: "orchestrate/apiserver", may: []string{"orchestrate", "orchestrate/request", "orchestrate/api", "orchestrate/schema"}, host: true, why: "the API server is REST over request"},
	{path: "orchestrate/clustertest", may: []string{"orchestrate", "orchestrate/request", "orchestrate/api", "orchestrate/schema"}, host: true, why: "the test cluster is the API server's sibling"},
	{path: "playground/kubectl", may: []string{"internal/fmt", "internal/calendar", "internal/replace", "internal/sha256", "internal/sorting", "orchestrate/request", "orchestrate/api", "orchestrate/schema", "labels", "internal/shell"}, why: "kubectl is a client: it asks, it does not reach into the world"},
	{path: "playground/podspec", may: []string{"orchestrate/api", "isolate"}, why: "a Pod becomes an isolate.Spec by a pure function"},
	{path: "playground/pipeline", may: []string{"orchestrate/request", "orchestrate/api", "internal/yaml"}, why: "a pipeline is a client"},
	{path: "lessons", may: []string{yaml}, why: "the format of a lesson can be read without a world"},
	{path: "playground", may: pure, why: "a session is made of pure packages"},
	{path: "lessons/render", may: []string{"lessons", goldmark}, host: true, why: "lessons are rendered when the site is built, never in the engine"},
	{path: "lessons/prove", may: []string{"lessons", "playground"}, host: true, why: "a lesson is proved in a session"},
	{path: "playground/share", host: true, why: "the share service runs alone, in a Cloudflare Worker too; its stores are injected"},
	{path: "playground/server", may: []string{"playground", "playground/share", "orchestrate/apiserver", "lessons/render"}, host: true, why: "the server serves; it decides nothing"},
	{path: "wasm/browser", may: []string{"playground"}, why: "the engine's main only carries messages"},
	{path: "wasm/worker", may: []string{"playground/share", workers}, host: true, why: "the worker's main only carries requests"},
	{path: "internal/command", host: true, why: "subcommands and flags know nothing of what they are for"},
	{path: "cmd/slipway", may: []string{"..."}, host: true, why: "the command may use anything but wasm and what makes it start later"},
	{path: "cmd/slipway-lab", may: []string{"...", yaml, goldmark}, host: true, why: "the command may use anything but wasm"},

	{path: "internal/golden", may: slices.Concat(vocabulary, []string{"orchestrate", "orchestrate/request", "playground/kubectl"}), host: true,
		why: "recordings are replayed as a client and on fake nodes: it needs kubectl, requests and the contract of a loop"},
	{path: "internal/golden/replay", may: []string{"internal/golden"}, host: true, why: "the command only prints"},
	{path: "internal/tools/determinism", host: true, why: whyTool},
	{path: "internal/tools/thinstd", host: true, why: whyTool},
	{path: "internal/tools/tree", host: true, why: whyTool},
	{path: "internal/tools/wasmpack", host: true, why: whyTool},
	{path: "internal/rig", host: true, why: "it only says what the virtual machine is"},
	{path: "internal/rig/init", host: true, why: "process 1 of a virtual machine knows a kernel and nothing of the house"},
	{path: "internal/rig/compare", may: []string{"isolate"}, host: true, why: "it measures isolate beside others"},
	{path: "internal/rig/record", may: []string{"isolate/model/transcript"}, host: true, why: "it writes transcripts of a real kernel down"},
	{path: ".", host: true, why: "the root holds the tests that guard the house"},
}

// testOnly are the libraries that tests, and only tests, may import.
var testOnly = []string{
	"github.com/stretchr/testify/require", "github.com/google/go-cmp/cmp", "github.com/google/go-cmp/cmp/cmpopts",
	"pgregory.net/rapid", "golang.org/x/tools/txtar",
}

// heavy are standard packages that weigh too much for the engine's wasm, see docs/bench.md.
var heavy = []string{"encoding/json", "encoding/hex", "text/tabwriter", "regexp", "text/template", "html", "html/template", "crypto/tls", "net"}

func TestEveryImportObeysTheTable(t *testing.T) {
	packages, err := tree.Load(token.NewFileSet(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range violations(house, packages) {
		t.Error(v)
	}
}

// violations lists the packages the table does not know and the imports it does not allow.
func violations(table []room, packages []tree.Package) []string {
	var found []string
	for _, p := range packages {
		i := slices.IndexFunc(table, func(r room) bool { return r.path == p.Path })
		if i < 0 {
			found = append(found, fmt.Sprintf("package %s is not in the table of architecture_test.go: nothing may import it, it may import nothing", p.Path))
			continue
		}
		for _, f := range p.Files {
			for _, imported := range f.Imports {
				path, own := strings.CutPrefix(imported, module+"/")
				if why := table[i].refuse(f, path, own); why != "" {
					found = append(found, fmt.Sprintf("%s imports %s: %s", f.Name, imported, why))
				}
			}
		}
	}
	return found
}

// refuse is the reason for which file f of the room may not import path; "" if it may.
func (r room) refuse(f tree.File, path string, own bool) string {
	if !own && !strings.Contains(strings.SplitN(path, "/", 2)[0], ".") {
		return r.refuseStd(f, path)
	}
	if own && strings.HasPrefix(path, "wasm/") {
		return "mains that compile to WebAssembly are nobody's library"
	}
	if slices.Contains(r.may, path) || own && slices.Contains(r.may, "...") {
		return ""
	}
	if strings.HasPrefix(path, goldmark+"/") && slices.Contains(r.may, goldmark) {
		return ""
	}
	if slices.Contains(r.linux, path) {
		if strings.HasSuffix(strings.TrimSuffix(f.Name, "_test.go"), "_linux") || strings.HasSuffix(f.Name, "_linux.go") {
			return ""
		}
		return r.why
	}
	if !f.Test {
		return r.why
	}
	switch {
	case slices.Contains(testOnly, path):
		return ""
	case own && r.standalone():
		if path == r.path || strings.HasPrefix(path, r.path+"/") {
			return ""
		}
		return "its tests too must run without the rest of the house"
	case own && !strings.HasPrefix(path, "cmd/"):
		return "" // a test may put a package to use in the rooms above it
	}
	return "a test may import the house and " + strings.Join(testOnly, ", ") + "; another library needs docs/decisions"
}

// standalone rooms are libraries that people take without the rest.
func (r room) standalone() bool { return r.path == "labels" || r.path == "isolate" }

func (r room) refuseStd(f tree.File, path string) string {
	if path == "syscall/js" {
		if r.path == "wasm/browser" || r.path == "wasm/worker" {
			return ""
		}
		return "only the mains under wasm/ know the browser"
	}
	if r.path == "labels" && path == "fmt" && !f.Test {
		return "fmt would be most of the package's weight in wasm"
	}
	if r.host || f.Test {
		return ""
	}
	for _, h := range heavy {
		if path == h || h == "net" && strings.HasPrefix(path, "net/") {
			return "it is compiled into the engine, and " + h + " is too heavy for it"
		}
	}
	return ""
}

func TestTheTableRefuses(t *testing.T) {
	tests := []struct {
		name, path, file string
		imports          string
		want             string // part of the reason, "" if allowed
	}{
		{"std", "labels", "labels/parse.go", "strings", ""},
		{"a library in labels", "labels", "labels/parse.go", yaml, "must cost nothing"},
		{"the YAML library in the engine", "orchestrate/schema", "orchestrate/schema/yaml_read.go", yaml, "knows no world"},
		{"fmt in labels", "labels", "labels/parse.go", "fmt", "weight"},
		{"fmt in a test of labels", "labels", "labels/parse_test.go", "fmt", ""},
		{"the house in a test of labels", "labels", "labels/parse_test.go", module + "/orchestrate/api", "without the rest"},
		{"itself in a test of labels", "labels", "labels/parse_test.go", module + "/labels", ""},
		{"an unknown package", "orchestrate/util", "orchestrate/util/util.go", "strings", "not in the table"},
		{"an unknown package's import", "orchestrate", "orchestrate/cluster.go", module + "/orchestrate/util", "puts the deciders together"},
		{"a decider imports another", "orchestrate/schedule", "orchestrate/schedule/fit.go", module + "/orchestrate/kubelet", "through the store"},
		{"kubelet imports workload", "orchestrate/kubelet", "orchestrate/kubelet/run.go", module + "/orchestrate/workload", ""},
		{"workload imports kubelet", "orchestrate/workload", "orchestrate/workload/run.go", module + "/orchestrate/kubelet", "through the store"},
		{"kubectl reaches into the world", "playground/kubectl", "playground/kubectl/get.go", module + "/orchestrate", "it asks"},
		{"a session serves", "playground", "playground/session.go", module + "/playground/server", "pure packages"},
		{"the engine opens a socket", "orchestrate", "orchestrate/cluster.go", "net/http", "too heavy"},
		{"the engine reads JSON with reflection", "orchestrate/schema", "orchestrate/schema/marshal.go", "encoding/json", "too heavy"},
		{"the engine matches with regexp", "orchestrate/request", "orchestrate/request/get.go", "regexp", "too heavy"},
		{"the server opens a socket", "playground/server", "playground/server/server.go", "net/http", ""},
		{"the browser outside wasm", "playground", "playground/view.go", "syscall/js", "only the mains"},
		{"the browser in wasm", "wasm/browser", "wasm/browser/main.go", "syscall/js", ""},
		{"the command imports wasm", "cmd/slipway", "cmd/slipway/main.go", module + "/wasm/browser", "nobody's library"},
		{"the command imports the house", "cmd/slipway", "cmd/slipway/main.go", module + "/lessons/prove", ""},
		{"system calls in a Linux file", "isolate", "isolate/start_linux.go", unix, ""},
		{"system calls in a portable file", "isolate", "isolate/plan.go", unix, "_linux.go"},
		{"a test library in a test", "orchestrate", "orchestrate/cluster_test.go", "pgregory.net/rapid", ""},
		{"a test library in the engine", "orchestrate", "orchestrate/cluster.go", "pgregory.net/rapid", "puts the deciders together"},
		{"another library in a test", "orchestrate", "orchestrate/cluster_test.go", "github.com/onsi/gomega", "needs docs/decisions"},
		{"Kubernetes itself", "cmd/slipway", "cmd/slipway/main.go", "k8s.io/api/core/v1", "anything but wasm"},
		{"goldmark's extensions", "lessons/render", "lessons/render/render.go", goldmark + "/extension", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := tree.File{Name: tt.file, Test: strings.HasSuffix(tt.file, "_test.go"), Imports: []string{tt.imports}}
			got := strings.Join(violations(house, []tree.Package{{Path: tt.path, Files: []tree.File{f}}}), "\n")
			if (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want a reason with %q", got, tt.want)
			}
		})
	}
}
