package upstream

import (
	"flag"
	"math/rand/v2"
	"strings"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	theirs "k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/validation"

	ours "github.com/slipway-dev/slipway/labels"
)

var (
	executions = flag.Int("executions", 50000, "how many generated inputs to compare")
	seed       = flag.Uint64("seed", 1, "of the generator")
)

// The generator writes what is almost a selector: words of the grammar, likely and unlikely names, in likely and
// unlikely order. Coverage-guided fuzzing finds odd bytes; this finds odd sentences, thirty times faster.
var (
	names   = []string{"a", "b", "app", "x/y", "example.com/app", "in", "notin", "A", "a.b-c_d", "1", "7", "007", "-1", "+1", "9223372036854775808", "", "é", "\xff", "a_", "-a", "/", "a/b/c", strings.Repeat("k", 63), strings.Repeat("k", 64), "gt", "exists", "\"a\"", "\u00a0"}
	symbols = []string{"=", "==", "!=", ">", "<", " in ", " notin ", "in", "!", ",", "(", ")", "()", " ", "\t", "\n", "=(", ">=", "\x00"}
)

func pick(r *rand.Rand, from []string) string {
	if r.IntN(3) > 0 {
		return from[r.IntN(min(7, len(from)))]
	}
	return from[r.IntN(len(from))]
}

func generate(r *rand.Rand) string {
	var b strings.Builder
	for i := range 1 + r.IntN(4) {
		if i > 0 {
			b.WriteString(pick(r, []string{",", ",", ",", ",", ", ", " ,", ",,", " ", ""}))
		}
		if r.IntN(12) == 0 {
			for range r.IntN(6) {
				b.WriteString(pick(r, symbols) + pick(r, names))
			}
			continue
		}
		requirement(r, &b)
	}
	return b.String()
}

func requirement(r *rand.Rand, b *strings.Builder) {
	switch r.IntN(6) {
	case 0:
		b.WriteString(pick(r, names))
	case 1:
		b.WriteString("!" + pick(r, names))
	case 2, 3:
		b.WriteString(pick(r, names) + pick(r, symbols[:5]) + pick(r, names))
	default:
		b.WriteString(pick(r, names) + pick(r, symbols[5:7]) + "(" + pick(r, names))
		for range r.IntN(4) {
			b.WriteString("," + pick(r, names))
		}
		b.WriteString(pick(r, []string{")", ")", ")", ")", ")", ")", ")", "", ",)", "))"}))
	}
}

func TestGeneratedInputsAreTreatedAlike(t *testing.T) {
	r := rand.New(rand.NewPCG(*seed, 0))
	valid, matched := 0, 0
	for range *executions {
		switch r.IntN(8) {
		case 0:
			text := pick(r, names) + pick(r, symbols) + pick(r, names)
			same(t, "key", text, ours.ValidateKey(text), validation.IsQualifiedName(text))
			same(t, "value", text, ours.ValidateValue(text), validation.IsValidLabelValue(text))
			same(t, "subdomain", text, ours.ValidateSubdomain(text), validation.IsDNS1123Subdomain(text))
		case 1:
			got, want, set := generateLabelSelector(r)
			compareLabelSelector(t, got, want, set)
		default:
			text, set := generate(r), pick(r, names)+"="+pick(r, names)
			compareParse(t, text, set)
			if s, err := theirs.Parse(text); err == nil {
				valid++
				if s.Matches(theirs.Set(pairsOf(set))) {
					matched++
				}
			}
		}
	}
	if valid < *executions/20 || matched < *executions/100 {
		t.Errorf("of %d inputs only %d were valid and %d matched: the generator is off", *executions, valid, matched)
	}
	t.Logf("%d inputs, %d valid selectors, %d matched at once", *executions, valid, matched)
}

func generateLabelSelector(r *rand.Rand) (*ours.LabelSelector, *metav1.LabelSelector, map[string]string) {
	got, want := &ours.LabelSelector{}, &metav1.LabelSelector{}
	if r.IntN(2) == 0 {
		got.MatchLabels = map[string]string{pick(r, names): pick(r, names), "ok": "fine"}
		want.MatchLabels = got.MatchLabels
	}
	for range r.IntN(3) {
		op := pick(r, []string{"In", "NotIn", "Exists", "DoesNotExist", "In", "NotIn", "Exists", "in", "", "Gt"})
		key, values := pick(r, names), []string(nil)
		for range r.IntN(3) {
			values = append(values, pick(r, names))
		}
		got.MatchExpressions = append(got.MatchExpressions, ours.LabelSelectorRequirement{Key: key, Operator: ours.LabelSelectorOperator(op), Values: values})
		want.MatchExpressions = append(want.MatchExpressions, metav1.LabelSelectorRequirement{Key: key, Operator: metav1.LabelSelectorOperator(op), Values: values})
	}
	return got, want, map[string]string{pick(r, names): pick(r, names), pick(r, names): pick(r, names)}
}
