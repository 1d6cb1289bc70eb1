// Package labels is Kubernetes' labels and selectors: a label is a key/value pair attached to objects, and a selector
// is a query against labels, producing a set result.
//
//	objects with labels                 selector                     set result
//	web-1  app=web,env=prod   ---+
//	web-2  app=web,env=qa     ---+--->  app=web,env in (prod,qa)  -->  web-1, web-2
//	db-1   app=db,env=prod    ---+
//
// Labels say what an object is ("app=web"), not where it stands or what its name is; whoever needs a group of objects
// asks for it by a selector. That is how a Service finds its pods and a Deployment knows which are its own: nobody
// keeps lists, so no list can be out of date.
//
//	web := labels.MustParse("app=web,env in (prod,qa)")
//	web.Matches(labels.Set{"app": "web", "env": "prod"}) // true
//
// Requirements are joined by "and", and there are nine ways to write one:
//
//	app=web  app==web  app!=web  env in (prod,qa)  env notin (dev)  tier  !canary  cpus>4  cpus<64
//
// Mind what absence means: "env!=prod" and "env notin (prod)" hold for an object without the key env; all the others
// but "!canary" want the key.
//
// Grammar, canonical text, validation and error texts are those of Kubernetes 1.37 (k8s.io/apimachinery), replayed from
// recorded cases and compared by differential fuzzing; docs/differences.md lists what differs on purpose. Beyond them:
//
//   - ParseError knows the place, what was found and wanted, and a hint; Render draws it.
//   - Explain tells requirement by requirement why an object matches.
//   - Satisfiable, Witness, Implies, Disjoint, Equivalent, Simplify reason about selectors, exactly. AnyOf is "or".
//   - Matching does not allocate; an Interner makes sets small and matching three times faster.
//   - Index finds the matching ones of a million objects in microseconds, and tells watchers what changed.
//
// What is missing on purpose: logging, aliasing of the caller's slices, and any dependency outside the standard
// library. Moving from apimachinery: docs/labels-from-apimachinery.md.
//
// Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
package labels
