package labels_test

import (
	"errors"
	"fmt"

	"github.com/slipway-dev/slipway/labels"
)

func ExampleParse() {
	selector, err := labels.Parse("env in (qa, prod), app = web, !canary")
	if err != nil {
		panic(err)
	}
	fmt.Println(selector)
	fmt.Println(selector.Matches(labels.Set{"app": "web", "env": "prod"}))
	fmt.Println(selector.Matches(labels.Set{"app": "web", "env": "prod", "canary": "yes"}))
	// Output:
	// app=web,!canary,env in (prod,qa)
	// true
	// false
}

func ExampleParseError_Render() {
	_, err := labels.Parse("app=web,env in prod")
	fmt.Println(err)
	var parseError *labels.ParseError
	if errors.As(err, &parseError) {
		fmt.Println(parseError.Render())
	}
	// Output:
	// unable to parse requirement: found 'prod' expected: '('
	// app=web,env in prod
	//                ^^^^ found "prod", want '('
	// hint: put the values in parentheses: env in (prod)
}

func ExampleSelector_Explain() {
	selector := labels.MustParse("app=web,env notin (dev,qa),tier")
	fmt.Println(selector.Explain(labels.Set{"app": "web", "tier": "back"}))
	// Output:
	// app=web,env notin (dev,qa),tier matches
	//   yes  app=web             app is "web"
	//   yes  env notin (dev,qa)  env is absent, and notin holds without the key
	//   yes  tier                tier is "back"; any value will do
}

func ExampleSelector_Implies() {
	narrow, wide := labels.MustParse("app=web,cpus>8"), labels.MustParse("app in (api,web),cpus>4")
	fmt.Println(narrow.Implies(wide), wide.Implies(narrow))
	// Output: true false
}

func ExampleSelector_Disjoint() {
	fmt.Println(labels.MustParse("cpus>8").Disjoint(labels.MustParse("cpus<9")))
	// Output: true
}

func ExampleSelector_Simplify() {
	fmt.Println(labels.MustParse("env,env in (prod,qa),env!=qa").Simplify())
	fmt.Println(labels.MustParse("env=prod,!env").Simplify())
	// Output:
	// env=prod
	// nothing,!nothing
}

func ExampleSelector_Witness() {
	set, ok := labels.MustParse("app notin (web,api),app,cpus>4").Witness()
	fmt.Println(set, ok)
	_, ok = labels.MustParse("cpus>4,cpus<5").Witness()
	fmt.Println(ok)
	// Output:
	// app=a,cpus=5 true
	// false
}

func ExampleAnyOf() {
	either := labels.AnyOf{labels.MustParse("env=prod"), labels.MustParse("tier=front,env!=dev"), labels.MustParse("env in (prod,qa)")}
	fmt.Println(either.Matches(labels.Set{"env": "qa"}))
	fmt.Println(either.Simplify())
	// Output:
	// true
	// env!=dev,tier=front || env in (prod,qa)
}

func ExampleSet() {
	web := labels.Set{"tier": "front", "app": "web"}
	fmt.Println(web, web.Has("app"), web.Get("tier"))
	fmt.Println(labels.Conflicts(web, labels.Set{"tier": "back"}), labels.Merge(web, labels.Set{"tier": "back"}))
	// Output:
	// app=web,tier=front true front
	// true app=web,tier=back
}

func ExampleNewRequirement() {
	r, err := labels.NewRequirement("env", labels.NotIn, []string{"qa", "dev"})
	fmt.Println(r, err)
	_, err = labels.NewRequirement("-env", labels.Exists, []string{"prod"})
	for _, e := range err.(labels.FieldErrors) {
		fmt.Println(e.Field, "is wrong:", e.Value)
	}
	// Output:
	// env notin (dev,qa) <nil>
	// key is wrong: "-env"
	// values is wrong: ["prod"]
}

func ExampleLabelSelector_Selector() {
	deployment := &labels.LabelSelector{
		MatchLabels:      map[string]string{"app": "web"},
		MatchExpressions: []labels.LabelSelectorRequirement{{Key: "env", Operator: labels.LabelSelectorOpIn, Values: []string{"qa", "prod"}}},
	}
	selector, err := deployment.Selector()
	fmt.Println(selector, err)
	nobody, _ := (*labels.LabelSelector)(nil).Selector()
	all, _ := (&labels.LabelSelector{}).Selector()
	fmt.Println(nobody.Matches(labels.Set{}), all.Matches(labels.Set{}))
	// Output:
	// app=web,env in (prod,qa) <nil>
	// false true
}

func ExampleValidateKey() {
	for _, key := range []string{"app.kubernetes.io/name", "app/", "a/b/c"} {
		fmt.Println(key, len(labels.ValidateKey(key)))
	}
	fmt.Println(labels.ValidateKey("app/")[0])
	// Output:
	// app.kubernetes.io/name 0
	// app/ 2
	// a/b/c 1
	// name part must be non-empty
}

func ExampleInterner() {
	in := labels.NewInterner()
	matcher := in.Compile(labels.MustParse("app in (api,web),!canary"))
	for _, set := range []labels.Set{{"app": "web"}, {"app": "web", "canary": "yes"}, {"app": "db"}} {
		fmt.Println(set, matcher.Matches(in.Intern(set)))
	}
	// Output:
	// app=web true
	// app=web,canary=yes false
	// app=db false
}

func ExampleIndex() {
	pods := labels.NewIndex[string]()
	pods.Put("web-1", labels.Set{"app": "web", "env": "prod"})
	pods.Put("web-2", labels.Set{"app": "web", "env": "qa"})
	pods.Put("db-1", labels.Set{"app": "db", "env": "prod"})
	for name := range pods.Select(labels.MustParse("app=web")) {
		fmt.Println(name)
	}
	fmt.Println(pods.Count(labels.MustParse("env!=qa")))
	// Output:
	// web-1
	// web-2
	// 2
}

func ExampleIndex_Watch() {
	pods := labels.NewIndex[string]()
	cancel := pods.Watch(labels.MustParse("app=web"), func(e labels.Event[string]) { fmt.Println(e.Type, e.Key, e.Labels) })
	pods.Put("web-1", labels.Set{"app": "web"})
	pods.Put("web-1", labels.Set{"app": "web", "ready": "yes"})
	pods.Put("web-1", labels.Set{"app": "quarantined"})
	cancel()
	pods.Put("web-1", labels.Set{"app": "web"})
	// Output:
	// Added web-1 app=web
	// Changed web-1 app=web,ready=yes
	// Removed web-1 app=quarantined
}

func ExampleIndex_Matching() {
	pods := labels.NewIndex[string]()
	for _, text := range []string{"app=web", "env=prod", "!canary"} {
		pods.Watch(labels.MustParse(text), func(labels.Event[string]) {})
	}
	for selector := range pods.Matching(labels.Set{"app": "web"}) {
		fmt.Println(selector)
	}
	// Output:
	// app=web
	// !canary
}

func ExampleSelector_And() {
	web := labels.MustParse("app=web")
	fmt.Println(web.And(labels.MustParse("env=prod")))
	fmt.Println(web.And(labels.MustParse("app=api")).Satisfiable())
	// Output:
	// app=web,env=prod
	// false
}

func ExampleSelector_Equivalent() {
	fmt.Println(labels.MustParse("cpus>3,cpus<5").Equivalent(labels.MustParse("cpus>3,cpus<5,cpus")))
	fmt.Println(labels.MustParse("env!=prod").Equivalent(labels.MustParse("env,env!=prod")))
	// Output:
	// true
	// false
}

func ExampleNothing() {
	fmt.Println(labels.Nothing().Matches(labels.Set{"app": "web"}))
	fmt.Println(labels.Everything().Matches(labels.Set{"app": "web"}))
	fmt.Printf("%q %q\n", labels.Nothing(), labels.Everything())
	// Output:
	// false
	// true
	// "nothing,!nothing" ""
}

func ExampleParseSet() {
	set, err := labels.ParseSet("app=web,env=prod")
	if err != nil {
		panic(err)
	}
	fmt.Println(labels.Merge(set, labels.Set{"env": "qa"}))
	fmt.Println(labels.Conflicts(set, labels.Set{"env": "qa"}))
	// Output:
	// app=web,env=qa
	// true
}

func ExampleValidateLabels() {
	for _, e := range labels.ValidateLabels(map[string]string{"app": "-web", "-env": "qa"}, "metadata.labels") {
		fmt.Println(e.Type, "at", e.Field+":", e.Value)
	}
	// Output:
	// Invalid value at metadata.labels: "-env"
	// Invalid value at metadata.labels: "-web"
}

func ExampleIndex_Select() {
	pods := labels.NewIndex[string]()
	for _, name := range []string{"web-1", "web-2", "web-3"} {
		pods.Put(name, labels.Set{"app": "web"})
	}
	pods.Delete("web-1")
	pods.Put("web-4", labels.Set{"app": "web"})
	for name := range pods.Select(labels.MustParse("app=web")) {
		fmt.Println(name) // the new one has the place of the deleted one
	}
	// Output:
	// web-4
	// web-2
	// web-3
}
