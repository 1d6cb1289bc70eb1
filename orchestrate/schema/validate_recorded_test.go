package schema_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// both are the recordings of pods and nodes, and those of the kinds around them.
func both[T any](t *testing.T, name string) []T {
	return append(recorded[T](t, name+".json"), recorded[T](t, name+"_kinds.json")...)
}

// object reads a recorded object and fills in its defaults.
func object(t *testing.T, raw json.RawMessage) api.Object {
	docs, err := schema.Decode(raw, "recorded")
	require.NoError(t, err)
	require.Len(t, docs, 1)
	require.Nil(t, docs[0].Err)
	require.Empty(t, docs[0].Strict)
	schema.Default(docs[0].Object)
	return docs[0].Object
}

// inMapOrder sorts errors that upstream gives in the order of a Go map: those of neighbours whose path
// is the same but for a key.
func inMapOrder(errs []string) []string {
	out := slices.Clone(errs)
	where := func(e string) string {
		path, _, _ := strings.Cut(e, ": ")
		if strings.HasPrefix(path, "data[") {
			return "data"
		}
		for _, name := range []string{"metadata.labels", "metadata.annotations", "nodeSelector", "capacity", "allocatable", "limits", "requests", "overhead"} {
			if i := strings.Index(path, name); i >= 0 {
				return path[:i+len(name)]
			}
		}
		return path
	}
	for i := 0; i < len(out); {
		j := i + 1
		for j < len(out) && where(out[j]) == where(out[i]) {
			j++
		}
		slices.Sort(out[i:j])
		i = j
	}
	return out
}

func TestMistakesAreThoseAnAPIServerFinds(t *testing.T) {
	type recording struct {
		Name   string
		Object json.RawMessage
		Errors []string
		Types  []string
	}
	for _, tt := range both[recording](t, "create") {
		t.Run(tt.Name, func(t *testing.T) {
			texts, types := []string{}, []string{}
			for _, e := range schema.Validate(object(t, tt.Object), nil) {
				texts, types = append(texts, e.Error()), append(types, string(e.Type))
			}
			require.Equal(t, inMapOrder(tt.Errors), inMapOrder(texts))
			require.ElementsMatch(t, tt.Types, types)
		})
	}
}

func TestUpdatesMayChangeWhatAnAPIServerLetsThem(t *testing.T) {
	type recording struct {
		Name        string
		Old, Object json.RawMessage
		Errors      []string
	}
	for _, tt := range both[recording](t, "update") {
		t.Run(tt.Name, func(t *testing.T) {
			texts := []string{}
			for _, e := range schema.Validate(object(t, tt.Object), object(t, tt.Old)) {
				if !slices.Contains(texts, e.Error()) {
					texts = append(texts, e.Error())
				}
			}
			require.Equal(t, tt.Errors, texts)
		})
	}
}

func TestDefaultsAreThoseOfAnAPIServer(t *testing.T) {
	type recording struct{ Object, Want json.RawMessage }
	for _, tt := range both[recording](t, "default") {
		t.Run(string(tt.Object), func(t *testing.T) {
			got, err := schema.Marshal(object(t, tt.Object))
			require.NoError(t, err)
			require.JSONEq(t, string(tt.Want), string(got))
		})
	}
}
