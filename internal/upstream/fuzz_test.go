package upstream

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	metav1validation "k8s.io/apimachinery/pkg/apis/meta/v1/validation"
	theirfields "k8s.io/apimachinery/pkg/fields"
	theirs "k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/selection"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"

	ours "github.com/slipway-dev/slipway/labels"
	ourfields "github.com/slipway-dev/slipway/labels/fields"
)

var seeds = []string{"", "a", "!a", "a=b", "a==b,c!=d", "x in (foo,,baz),y,z notin ()", "a>1,a<3", "a in (b", "é=1", "a\x00b", "in in (in)",
	"a=b\x00", "a/b.c/d", "example.com/app=web", "a in (b,c),a notin (c),!b", "a,b,", "!!a", "a\xff=b", "a>9223372036854775808", "a=-1", "a in (-,b,_)"}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// pairsOf turns text into a label set: every second word is a value.
func pairsOf(text string) map[string]string {
	words := strings.FieldsFunc(text, func(r rune) bool { return r == '=' || r == ',' || r == ' ' })
	set := map[string]string{}
	for len(words) > 1 {
		set[words[0]] = words[1]
		words = words[2:]
	}
	return set
}

// repeatsKeys says whether upstream's unstable sort may order requirements of one key by chance.
func repeatsKeys(reqs theirs.Requirements) bool {
	keys := map[string]bool{}
	for _, r := range reqs {
		keys[r.Key()] = true
	}
	return len(reqs) > 12 && len(keys) < len(reqs)
}

// FuzzParse parses, prints, and matches on both sides.
func FuzzParse(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, "a=b,c=7")
	}
	f.Fuzz(func(t *testing.T, selector, set string) { compareParse(t, selector, set) })
}

func compareParse(t *testing.T, selector, set string) {
	want, wantErr := theirs.Parse(selector)
	got, gotErr := ours.Parse(selector)
	if wantErr == nil && strings.Contains(selector, "\x00") {
		if gotErr == nil {
			t.Fatalf("%q: a NUL byte must be an error", selector)
		}
		return
	}
	if errText(gotErr) != errText(wantErr) {
		t.Fatalf("%q:\n got error %q\nwant error %q", selector, errText(gotErr), errText(wantErr))
	}
	withPath, withPathErr := ours.ParseWithPath(selector, "spec.selector")
	_, wantPathErr := theirs.Parse(selector, field.WithPath(field.NewPath("spec", "selector")))
	if errText(withPathErr) != errText(wantPathErr) {
		t.Fatalf("%q with path:\n got error %q\nwant error %q", selector, errText(withPathErr), errText(wantPathErr))
	}
	if wantErr != nil {
		return
	}
	reqs, _ := want.Requirements()
	if repeatsKeys(reqs) {
		return
	}
	if got.String() != want.String() || withPath.String() != want.String() || got.Empty() != want.Empty() {
		t.Fatalf("%q: got %q, empty %v; want %q, empty %v", selector, got, got.Empty(), want, want.Empty())
	}
	labels := pairsOf(set)
	compareMatch(t, got, want, labels)
	compareMatch(t, got, want, nil)
	for _, r := range reqs { // sets made of the selector's own words match more often
		for v := range r.Values() {
			labels[r.Key()] = v
		}
		compareMatch(t, got, want, labels)
		gotValue, gotFound := got.RequiresExactMatch(r.Key())
		wantValue, wantFound := want.RequiresExactMatch(r.Key())
		if gotFound != wantFound || gotFound && gotValue != wantValue {
			t.Fatalf("%q exact %q: got %q %v, want %q %v", selector, r.Key(), gotValue, gotFound, wantValue, wantFound)
		}
	}
	gotLS, gotErr := ours.ParseLabelSelector(selector)
	wantLS, wantErr := metav1.ParseToLabelSelector(selector)
	if errText(gotErr) != errText(wantErr) || asJSON(gotLS) != asJSON(wantLS) {
		t.Fatalf("%q as LabelSelector: got %s %v, want %s %v", selector, asJSON(gotLS), gotErr, asJSON(wantLS), wantErr)
	}
}

func compareMatch(t *testing.T, got ours.Selector, want theirs.Selector, set map[string]string) {
	t.Helper()
	if g, w := got.Matches(ours.Set(set)), want.Matches(theirs.Set(set)); g != w {
		t.Fatalf("%q on %v: got %v, want %v", want, set, g, w)
	}
	in := ours.NewInterner()
	if g, w := in.Compile(got).Matches(in.Intern(set)), want.Matches(theirs.Set(set)); g != w {
		t.Fatalf("%q on interned %v: got %v, want %v", want, set, g, w)
	}
}

func asJSON(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(data)
}

// FuzzRequirement makes requirements of any key, operator and values.
func FuzzRequirement(f *testing.F) {
	f.Add("a", "in", "b,c", "a=b")
	f.Add("a", "gt", "5", "a=7")
	f.Add("", "<", "", "")
	f.Add("x/y", "exists", "v", "x/y=1")
	f.Fuzz(func(t *testing.T, key, op, values, set string) {
		for _, list := range [][]string{nil, {}, {values}, strings.Split(values, ",")} {
			got, gotErr := ours.NewRequirement(key, ours.Operator(op), list)
			want, wantErr := theirs.NewRequirement(key, selection.Operator(op), list)
			if errText(gotErr) != errText(wantErr) {
				t.Fatalf("%q %q %q:\n got error %q\nwant error %q", key, op, list, errText(gotErr), errText(wantErr))
			}
			if wantErr != nil {
				continue
			}
			labels := pairsOf(set)
			if got.String() != want.String() || got.Matches(ours.Set(labels)) != want.Matches(theirs.Set(labels)) {
				t.Fatalf("%q %q %q on %v: got %q %v, want %q %v", key, op, list, labels, got, got.Matches(ours.Set(labels)), want, want.Matches(theirs.Set(labels)))
			}
		}
	})
}

// FuzzValidate checks keys, values and subdomains, and label sets in text form.
func FuzzValidate(f *testing.F) {
	for _, s := range append(seeds, strings.Repeat("a", 64), strings.Repeat("a.", 127)+"/b", "a..b", "-", "a_", "A.b/C") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		same(t, "key", text, ours.ValidateKey(text), validation.IsQualifiedName(text))
		same(t, "value", text, ours.ValidateValue(text), validation.IsValidLabelValue(text))
		same(t, "subdomain", text, ours.ValidateSubdomain(text), validation.IsDNS1123Subdomain(text))
		got, gotErr := ours.ParseSet(text)
		want, wantErr := theirs.ConvertSelectorToLabelsMap(text)
		if errText(gotErr) != errText(wantErr) || asJSON(got) != asJSON(want) {
			t.Fatalf("set %q: got %v %v, want %v %v", text, got, gotErr, want, wantErr)
		}
		set := pairsOf(text)
		if g, w := ours.Set(set).String(), theirs.Set(set).String(); g != w {
			t.Fatalf("print %v: got %q, want %q", set, g, w)
		}
		if g, w := ours.SelectorFromSet(set).String(), theirs.SelectorFromSet(set).String(); g != w {
			t.Fatalf("selector from %v: got %q, want %q", set, g, w)
		}
		got2 := ours.ValidateLabels(set, "metadata.labels").Strings()
		var want2 []string
		for _, err := range metav1validation.ValidateLabels(set, field.NewPath("metadata", "labels")) {
			want2 = append(want2, err.Error())
		}
		slices.Sort(got2)
		slices.Sort(want2) // upstream's order is that of a map
		same(t, "labels", text, got2, want2)
	})
}

func same(t *testing.T, what, text string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Fatalf("%s %q:\n got %q\nwant %q", what, text, got, want)
	}
}

// FuzzLabelSelector compiles, matches, prints and validates LabelSelectors.
func FuzzLabelSelector(f *testing.F) {
	f.Add("a=b,c=d", "a", "In", "b,c", "a=b")
	f.Add("", "", "", "", "")
	f.Add("-a=b", "x/y", "NotIn", "-,", "x=y")
	f.Add("a=b", "a", "Exists", "", "a=c")
	f.Fuzz(func(t *testing.T, matchLabels, key, op, values, set string) {
		pairs := pairsOf(matchLabels)
		list := strings.Split(values, ",")
		if values == "" {
			list = nil
		}
		got := &ours.LabelSelector{MatchLabels: pairs, MatchExpressions: []ours.LabelSelectorRequirement{{Key: key, Operator: ours.LabelSelectorOperator(op), Values: list}}}
		want := &metav1.LabelSelector{MatchLabels: pairs, MatchExpressions: []metav1.LabelSelectorRequirement{{Key: key, Operator: metav1.LabelSelectorOperator(op), Values: list}}}
		if op == "" && key == "" {
			got.MatchExpressions, want.MatchExpressions = nil, nil
		}
		compareLabelSelector(t, got, want, pairsOf(set))
	})
}

func compareLabelSelector(t *testing.T, got *ours.LabelSelector, want *metav1.LabelSelector, set map[string]string) {
	g, gotErr := got.Selector()
	w, wantErr := metav1.LabelSelectorAsSelector(want)
	text := asJSON(want)
	// With several bad pairs upstream returns the error of the one its map yields first.
	if (gotErr == nil) != (wantErr == nil) || len(want.MatchLabels) < 2 && errText(gotErr) != errText(wantErr) {
		t.Fatalf("%s:\n got error %q\nwant error %q", text, errText(gotErr), errText(wantErr))
	}
	if gotErr == nil {
		if g.String() != w.String() || g.Empty() != w.Empty() {
			t.Fatalf("%s: got %q, want %q", text, g, w)
		}
		compareMatch(t, g, w, set)
	}
	if asJSON(got) != text {
		t.Fatalf("JSON: got %s, want %s", asJSON(got), text)
	}
	if g, w := ours.FormatLabelSelector(got), metav1.FormatLabelSelector(want); g != w {
		t.Fatalf("%s prints %q, want %q", text, g, w)
	}
	gotMap, gotErr := got.Map()
	wantMap, wantErr := metav1.LabelSelectorAsMap(want)
	if errText(gotErr) != errText(wantErr) || asJSON(gotMap) != asJSON(wantMap) {
		t.Fatalf("%s as map: got %v %v, want %v %v", text, gotMap, gotErr, wantMap, wantErr)
	}
	gotAll := ours.ValidateLabelSelector(got, "spec").Strings()
	var wantAll []string
	for _, err := range metav1validation.ValidateLabelSelector(want, metav1validation.LabelSelectorValidationOptions{}, field.NewPath("spec")) {
		wantAll = append(wantAll, err.Error())
	}
	slices.Sort(gotAll)
	slices.Sort(wantAll)
	same(t, "LabelSelector", text, gotAll, wantAll)
}

// FuzzFields parses, prints and matches field selectors.
func FuzzFields(f *testing.F) {
	for _, s := range []string{"", "a=b", "a!=b,c==d", `a=b\,c`, `a=\`, "=", "a=b=c", ",,", `\,a=b`, "a!b"} {
		f.Add(s, "a=b")
	}
	f.Fuzz(func(t *testing.T, selector, set string) {
		got, gotErr := ourfields.Parse(selector)
		want, wantErr := theirfields.ParseSelector(selector)
		if errText(gotErr) != errText(wantErr) {
			t.Fatalf("%q:\n got error %q\nwant error %q", selector, errText(gotErr), errText(wantErr))
		}
		if g, w := ourfields.EscapeValue(selector), theirfields.EscapeValue(selector); g != w {
			t.Fatalf("escape %q: got %q, want %q", selector, g, w)
		}
		g, gErr := ourfields.UnescapeValue(selector)
		w, wErr := theirfields.UnescapeValue(selector)
		if g != w || errText(gErr) != errText(wErr) {
			t.Fatalf("unescape %q: got %q %v, want %q %v", selector, g, gErr, w, wErr)
		}
		if wantErr != nil {
			return
		}
		fields := pairsOf(set)
		if got.String() != want.String() || got.Matches(ourfields.Set(fields)) != want.Matches(theirfields.Set(fields)) || got.Empty() != want.Empty() {
			t.Fatalf("%q on %v: got %q %v, want %q %v", selector, fields, got, got.Matches(ourfields.Set(fields)), want, want.Matches(theirfields.Set(fields)))
		}
	})
}
