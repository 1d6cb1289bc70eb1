package labels_test

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/labels/fields"
)

// differences are the recorded cases that we answer otherwise on purpose; docs/differences.md explains each.
var differences = map[string]string{
	"g0235": "NUL", "g0237": "NUL", "g0238": "NUL", "g0239": "NUL", "g0240": "NUL", "g0241": "NUL", "g0243": "NUL", "g0532": "NUL",
	"g0622": "Nothing prints", "g0800": "Nothing prints",
}

// goldenCase is one line of testdata/selectors.jsonl; testdata/FORMAT.md describes it.
type goldenCase struct {
	ID, Op, Input string
	InputB64      string `json:"input_b64"`
	Set, Set2     labels.Set
	NilSet        bool
	Key, Oper     string
	Values        []string
	LS            *labels.LabelSelector
	Want          json.RawMessage
	Err           string
}

func TestGoldenCasesReplay(t *testing.T) {
	data, err := os.ReadFile("testdata/selectors.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		var c goldenCase
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		n++
		t.Run(c.ID+"/"+c.Op, func(t *testing.T) { c.replay(t) })
	}
	if n != 679 {
		t.Errorf("replayed %d cases, want 679", n)
	}
}

func (c *goldenCase) replay(t *testing.T) {
	if c.InputB64 != "" {
		raw, err := base64.StdEncoding.DecodeString(c.InputB64)
		if err != nil {
			t.Fatal(err)
		}
		c.Input = string(raw)
	}
	if c.Set == nil && !c.NilSet {
		c.Set = labels.Set{}
	}
	run := goldenOps[c.Op]
	if run == nil {
		t.Fatalf("no replay for op %q", c.Op)
	}
	got, err := run(c)
	gotErr := ""
	if err != nil {
		gotErr, got = err.Error(), nil
	}
	same := gotErr == c.Err && (err != nil || sameJSON(t, got, c.Want))
	if why, listed := differences[c.ID]; listed {
		if same {
			t.Errorf("listed as a difference (%s), but equal", why)
		}
		return
	}
	if !same {
		t.Errorf("input %q\n got %v, error %q\nwant %s, error %q", c.Input, got, gotErr, c.Want, c.Err)
	}
}

func sameJSON(t *testing.T, got any, want json.RawMessage) bool {
	data, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	var a, b any
	if json.Unmarshal(data, &a) != nil || json.Unmarshal(want, &b) != nil {
		t.Fatalf("not JSON: %s or %s", data, want)
	}
	return reflect.DeepEqual(a, b)
}

var goldenOps = map[string]func(*goldenCase) (any, error){
	"parse": func(c *goldenCase) (any, error) { return text(labels.Parse(c.Input)) },
	"parse_path": func(c *goldenCase) (any, error) {
		return text(labels.ParseWithPath(c.Input, "spec.selector"))
	},
	"roundtrip": func(c *goldenCase) (any, error) {
		s, err := labels.Parse(c.Input)
		if err != nil {
			return nil, err
		}
		return text(labels.Parse(s.String()))
	},
	"requirements": func(c *goldenCase) (any, error) {
		reqs, err := labels.ParseToRequirements(c.Input)
		list := []any{}
		for _, r := range reqs {
			list = append(list, map[string]any{"key": r.Key(), "op": r.Operator(), "values": r.Values()})
		}
		return list, err
	},
	"requirements_string": func(c *goldenCase) (any, error) {
		reqs, err := labels.ParseToRequirements(c.Input)
		return reqs.String(), err
	},
	"match": func(c *goldenCase) (any, error) {
		s, err := labels.Parse(c.Input)
		return s.Matches(c.Set), err
	},
	"empty": func(c *goldenCase) (any, error) {
		s, err := labels.Parse(c.Input)
		return s.Empty(), err
	},
	"exact": func(c *goldenCase) (any, error) {
		s, err := labels.Parse(c.Input)
		v, ok := s.RequiresExactMatch(c.Key)
		return exact(v, ok), err
	},
	"new_requirement": func(c *goldenCase) (any, error) {
		r, err := labels.NewRequirement(c.Key, labels.Operator(c.Oper), c.Values)
		return r.String(), err
	},
	"requirement_match": func(c *goldenCase) (any, error) {
		r, err := labels.NewRequirement(c.Key, labels.Operator(c.Oper), c.Values)
		return r.Matches(c.Set), err
	},
	"add": func(c *goldenCase) (any, error) {
		s, err := labels.Parse(c.Input)
		if err != nil {
			return nil, err
		}
		r, err := labels.NewRequirement(c.Key, labels.Operator(c.Oper), c.Values)
		return s.Add(r).String(), err
	},
	"validate_key":       func(c *goldenCase) (any, error) { return list(labels.ValidateKey(c.Input)), nil },
	"validate_value":     func(c *goldenCase) (any, error) { return list(labels.ValidateValue(c.Input)), nil },
	"validate_subdomain": func(c *goldenCase) (any, error) { return list(labels.ValidateSubdomain(c.Input)), nil },
	"set_string":         func(c *goldenCase) (any, error) { return c.Set.String(), nil },
	"format_labels":      func(c *goldenCase) (any, error) { return labels.FormatLabels(c.Set), nil },
	"set_selector":       func(c *goldenCase) (any, error) { return labels.SelectorFromSet(c.Set).String(), nil },
	"set_selector_valid": func(c *goldenCase) (any, error) { return text(c.Set.AsValidatedSelector()) },
	"set_selector_match": func(c *goldenCase) (any, error) {
		return labels.SelectorFromSet(c.Set).Matches(c.Set2), nil
	},
	"conflicts":       func(c *goldenCase) (any, error) { return labels.Conflicts(c.Set, c.Set2), nil },
	"equals":          func(c *goldenCase) (any, error) { return labels.EqualSets(c.Set, c.Set2), nil },
	"merge":           func(c *goldenCase) (any, error) { return labels.Merge(c.Set, c.Set2), nil },
	"selector_to_map": func(c *goldenCase) (any, error) { return labels.ParseSet(c.Input) },
	"nothing":         func(c *goldenCase) (any, error) { return summary(labels.Nothing(), c.Set), nil },
	"everything":      func(c *goldenCase) (any, error) { return summary(labels.Everything(), c.Set), nil },
	"nothing_add": func(c *goldenCase) (any, error) {
		r, err := labels.NewRequirement(c.Key, labels.Operator(c.Oper), c.Values)
		return summary(labels.Nothing().Add(r), c.Set), err
	},
	"ls_selector": func(c *goldenCase) (any, error) {
		s, err := c.LS.Selector()
		return map[string]any{"string": s.String(), "empty": s.Empty(), "nothing": s.IsNothing()}, err
	},
	"ls_match": func(c *goldenCase) (any, error) {
		s, err := c.LS.Selector()
		return s.Matches(c.Set), err
	},
	"ls_map":    func(c *goldenCase) (any, error) { return c.LS.Map() },
	"ls_format": func(c *goldenCase) (any, error) { return labels.FormatLabelSelector(c.LS), nil },
	"parse_to_ls": func(c *goldenCase) (any, error) {
		return labels.ParseLabelSelector(c.Input)
	},
	"ls_validate": func(c *goldenCase) (any, error) {
		return list(labels.ValidateLabelSelector(c.LS, "spec.selector").Strings()), nil
	},
	"labels_validate": func(c *goldenCase) (any, error) {
		return list(labels.ValidateLabels(c.Set, "metadata.labels").Strings()), nil
	},
	"field_parse": func(c *goldenCase) (any, error) {
		s, err := fields.Parse(c.Input)
		return s.String(), err
	},
	"field_match": func(c *goldenCase) (any, error) {
		s, err := fields.Parse(c.Input)
		return s.Matches(fields.Set(c.Set)), err
	},
	"field_exact": func(c *goldenCase) (any, error) {
		s, err := fields.Parse(c.Input)
		v, ok := s.RequiresExactMatch(c.Key)
		return exact(v, ok), err
	},
	"field_escape":   func(c *goldenCase) (any, error) { return fields.EscapeValue(c.Input), nil },
	"field_unescape": func(c *goldenCase) (any, error) { return fields.UnescapeValue(c.Input) },
}

func text(s labels.Selector, err error) (any, error) { return s.String(), err }

func list(msgs []string) []string { return append([]string{}, msgs...) }

func exact(value string, found bool) any { return map[string]any{"value": value, "found": found} }

func summary(s labels.Selector, set labels.Set) any {
	reqs, selectable := s.Requirements()
	return map[string]any{"string": s.String(), "empty": s.Empty(), "matches": s.Matches(set),
		"selectable": selectable, "nreq": len(reqs), "is_nothing": s.IsNothing()}
}
