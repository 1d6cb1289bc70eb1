package slipway_test

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/slipway-dev/slipway/playground/kubectl"
)

// shown is where learners meet the kinds: the lessons, and the lines tests type.
func shown(t *testing.T) string {
	var all strings.Builder
	for _, dir := range []string{"lessons/content", "playground"} {
		err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !slices.Contains([]string{".md", ".yaml", ".go", ".txt"}, path.Ext(name)) {
				return err
			}
			all.WriteString(readText(t, path.Join(dir, name)))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

// TestEveryKindIsWhole names what a kind still lacks: see "add a kind" in CONTRIBUTING.md.
func TestEveryKindIsWhole(t *testing.T) {
	s := request.New(orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(1)}))
	texts := shown(t)
	for _, r := range schema.Resources() {
		t.Run(r.Kind.String(), func(t *testing.T) {
			empty := r.New()
			if errs := schema.Validate(empty, nil); len(errs) == 0 {
				t.Errorf("validation: an empty %s has no mistakes", r.Kind)
			}
			schema.Default(empty)
			if cells := s.Table(r, []api.Object{empty}); len(cells.Columns) < 3 && r.Kind != api.KindServiceAccount { // upstream shows no more of it
				t.Errorf("printer: the table of %s has only the columns every kind has", r.Plural)
			}
			named := r.New()
			named.Meta().Name, named.Meta().Namespace = "x", "default"
			schema.Default(named)
			if text, ok := kubectl.Description(named); !ok || !strings.Contains(text, "Name:") {
				t.Errorf("describer: kubectl describe has no page for %s", r.Singular)
			}
			if _, err := schema.FromTree(r, schema.Tree(named)); err != nil {
				t.Errorf("schema: a %s does not survive being written and read: %v", r.Kind, err)
			}
			if !strings.Contains(texts, r.Plural) {
				t.Errorf("no lesson and no test of the playground shows %s", r.Plural)
			}
		})
	}
}
