package main

import (
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	theirs "k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/validation"

	ours "github.com/slipway-dev/slipway/labels"
)

// typical are the six selectors of the parse figure.
var typical = []struct{ name, text string }{
	{"equal", "app=web"},
	{"two", "app=web,tier=backend"},
	{"in", "environment in (production,qa)"},
	{"mixed", "app.kubernetes.io/name=web,environment notin (dev,test),!canary"},
	{"odd", "x in (foo,,baz),y,z notin ()"},
	{"range", "cpus>4,cpus<64,zone!=a,app.kubernetes.io/instance=web-1"},
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func sidesOf(their, our func(b *testing.B)) func() []side {
	return func() []side { return []side{{"apimachinery", their}, {"labels", our}} }
}

func parseCases() (cases []benchCase) {
	for _, s := range typical {
		cases = append(cases, benchCase{"Parse/selector=" + s.name, sidesOf(func(b *testing.B) {
			for b.Loop() {
				must(theirs.Parse(s.text))
			}
		}, func(b *testing.B) {
			for b.Loop() {
				must(ours.Parse(s.text))
			}
		})})
	}
	return cases
}

func labelSelectorCases() []benchCase {
	their := &metav1.LabelSelector{MatchLabels: map[string]string{"app": "web", "tier": "backend"}, MatchExpressions: []metav1.LabelSelectorRequirement{
		{Key: "environment", Operator: "In", Values: []string{"production", "qa"}}, {Key: "canary", Operator: "DoesNotExist"}}}
	our := &ours.LabelSelector{MatchLabels: their.MatchLabels, MatchExpressions: []ours.LabelSelectorRequirement{
		{Key: "environment", Operator: "In", Values: []string{"production", "qa"}}, {Key: "canary", Operator: "DoesNotExist"}}}
	return []benchCase{{"LabelSelector", sidesOf(func(b *testing.B) {
		for b.Loop() {
			must(metav1.LabelSelectorAsSelector(their))
		}
	}, func(b *testing.B) {
		for b.Loop() {
			must(our.Selector())
		}
	})}}
}

func validateCases() (cases []benchCase) {
	add := func(name, text string, their, our func(string) []string) {
		cases = append(cases, benchCase{"Validate/text=" + name, sidesOf(func(b *testing.B) {
			for b.Loop() {
				their(text)
			}
		}, func(b *testing.B) {
			for b.Loop() {
				our(text)
			}
		})})
	}
	add("key", "app", validation.IsQualifiedName, ours.ValidateKey)
	add("prefixed-key", "app.kubernetes.io/name", validation.IsQualifiedName, ours.ValidateKey)
	add("value", "web-5d9c7b8f66-x7k2p", validation.IsValidLabelValue, ours.ValidateValue)
	add("subdomain", "app.kubernetes.io", validation.IsDNS1123Subdomain, ours.ValidateSubdomain)
	return cases
}

func stringCases() (cases []benchCase) {
	for _, s := range typical {
		their, our := must(theirs.Parse(s.text)), must(ours.Parse(s.text))
		cases = append(cases, benchCase{"String/selector=" + s.name, sidesOf(func(b *testing.B) {
			for b.Loop() {
				_ = their.String()
			}
		}, func(b *testing.B) {
			for b.Loop() {
				_ = our.String()
			}
		})})
	}
	return cases
}

// matchCases is {1 equal, 3 mixed} x {hit, miss} x {1, 5, 20 labels}; the third side is interned sets.
func matchCases() (cases []benchCase) {
	for _, n := range []int{1, 5, 20} {
		set := map[string]string{"app": "web", "tier": "backend", "environment": "production", "app.kubernetes.io/name": "web", "pod-template-hash": "5d9c7b8f66"}
		if n == 1 {
			set = map[string]string{"app": "web"}
		}
		for i := len(set); i < n; i++ {
			set["example.com/label-"+string(rune('a'+i))] = "value"
		}
		for _, s := range []struct{ name, text string }{
			{"equal/result=hit", "app=web"}, {"equal/result=miss", "app=api"},
			{"mixed/result=hit", "app in (api,web),canary!=true,!debug"}, {"mixed/result=miss", "app in (api,web),canary!=true,debug"},
		} {
			cases = append(cases, matchCase("Match/selector="+s.name+"/labels="+string(rune('0'+n/10))+string(rune('0'+n%10)), s.text, set))
		}
	}
	return cases
}

func matchCase(name, text string, set map[string]string) benchCase {
	return benchCase{name, func() []side {
		their, our := must(theirs.Parse(text)), must(ours.Parse(text))
		in := ours.NewInterner()
		matcher, interned := in.Compile(our), in.Intern(set)
		return []side{
			{"apimachinery", func(b *testing.B) {
				labels := theirs.Set(set)
				for b.Loop() {
					their.Matches(labels)
				}
			}},
			{"labels", func(b *testing.B) {
				labels := ours.Set(set)
				for b.Loop() {
					our.Matches(labels)
				}
			}},
			{"interned", func(b *testing.B) {
				for b.Loop() {
					matcher.Matches(interned)
				}
			}},
		}
	}}
}
