package schema

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// replicaSet checks the spec of a ReplicaSet.
//
// Source: k8s.io/kubernetes/pkg/apis/apps/validation, version 1.37.
func (v *validator) replicaSet(r, old *api.ReplicaSet) {
	at, s := api.Field("spec"), &r.Spec
	v.notNegativePointer(at.Child("replicas"), s.Replicas)
	v.notNegative(at.Child("minReadySeconds"), int64(s.MinReadySeconds))
	v.podsOf(at, s.Selector, &s.Template)
	if old != nil {
		v.sameSelector(at.Child("selector"), s.Selector, old.Spec.Selector)
	}
}

// deployment checks the spec of a Deployment.
func (v *validator) deployment(d, old *api.Deployment) {
	at, s := api.Field("spec"), &d.Spec
	v.notNegativePointer(at.Child("replicas"), s.Replicas)
	v.podsOf(at, s.Selector, &s.Template)
	v.strategy(at.Child("strategy"), &s.Strategy)
	v.notNegative(at.Child("minReadySeconds"), int64(s.MinReadySeconds))
	v.notNegativePointer(at.Child("revisionHistoryLimit"), s.RevisionHistoryLimit)
	if d := s.ProgressDeadlineSeconds; d != nil {
		here := at.Child("progressDeadlineSeconds")
		v.notNegativePointer(here, d)
		if *d <= s.MinReadySeconds {
			v.invalid(here, *d, "must be greater than minReadySeconds")
		}
	}
	if old != nil {
		v.sameSelector(at.Child("selector"), s.Selector, old.Spec.Selector)
	}
}

func (v *validator) notNegativePointer(at *api.Path, n *int32) {
	if n != nil {
		v.notNegative(at, int64(*n))
	}
}

// podsOf checks a selector, and a template whose pods it has to find.
func (v *validator) podsOf(at *api.Path, s *api.LabelSelector, t *api.PodTemplateSpec) {
	here := at.Child("selector")
	if s == nil {
		v.required(here, "")
	} else {
		v.selector(here, s)
		if len(s.MatchLabels)+len(s.MatchExpressions) == 0 {
			v.invalid(here, s, "empty selector is invalid for deployment") // upstream says so of ReplicaSets too
		}
	}
	compiled, err := s.Compile()
	if err != nil {
		v.invalid(here, s, "invalid label selector")
		return
	}
	template := at.Child("template")
	if !compiled.Empty() && !compiled.Matches(labels.Set(t.Labels)) {
		v.invalid(template.Child("metadata").Child("labels"), t.Labels, "`selector` does not match template `labels`")
	}
	v.template(template, t)
	spec := template.Child("spec")
	if t.Spec.RestartPolicy != api.RestartAlways {
		v.add(api.NotSupportedAt(spec.Child("restartPolicy").String(), t.Spec.RestartPolicy, api.RestartAlways))
	}
	if t.Spec.ActiveDeadlineSeconds != nil {
		v.forbidden(spec.Child("activeDeadlineSeconds"), "activeDeadlineSeconds in ReplicaSet is not Supported")
	}
}

// template checks a pod template. Upstream leaves "metadata" out of the paths of its labels and annotations.
func (v *validator) template(at *api.Path, t *api.PodTemplateSpec) {
	v.labels(at.Child("labels"), t.Labels)
	v.annotations(at.Child("annotations"), t.Annotations)
	v.podSpec(at.Child("spec"), t.Spec, "")
	if len(t.Spec.EphemeralContainers) > 0 {
		v.forbidden(at.Child("spec").Child("ephemeralContainers"), "ephemeral containers not allowed in pod template")
	}
}

func (v *validator) sameSelector(at *api.Path, s, old *api.LabelSelector) {
	if !same(s, old) {
		v.invalid(at, s, "field is immutable")
	}
}

func (v *validator) strategy(at *api.Path, s *api.DeploymentStrategy) {
	rolling := at.Child("rollingUpdate")
	switch {
	case s.Type == api.DeploymentRecreate:
		if s.RollingUpdate != nil {
			v.forbidden(rolling, "may not be specified when strategy `type` is 'Recreate'")
		}
	case s.Type != api.DeploymentRollingUpdate:
		e := api.NotSupportedAt(at.String(), s.Type, api.DeploymentRecreate, api.DeploymentRollingUpdate)
		e.BadValue = goJSON(s, "")
		v.add(e)
	case s.RollingUpdate == nil:
		v.required(rolling, "this should be defaulted and never be nil")
	default:
		v.rollingUpdate(rolling, s.RollingUpdate)
	}
}

func (v *validator) rollingUpdate(at *api.Path, u *api.RollingUpdateDeployment) {
	unavailable := at.Child("maxUnavailable")
	v.numberOrPercent(unavailable, *u.MaxUnavailable)
	v.numberOrPercent(at.Child("maxSurge"), *u.MaxSurge)
	if amount(*u.MaxUnavailable) == 0 && amount(*u.MaxSurge) == 0 {
		v.invalid(unavailable, *u.MaxUnavailable, "may not be 0 when `maxSurge` is 0")
	}
	if n, ok := percent(*u.MaxUnavailable); ok && n > 100 {
		v.invalid(unavailable, *u.MaxUnavailable, "must not be greater than 100%")
	}
}

func (v *validator) numberOrPercent(at *api.Path, n api.IntOrString) {
	if !n.IsText {
		v.notNegative(at, int64(n.Number))
	} else if !isPercent(n.Text) {
		v.invalid(at, n.Text, "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')")
	}
}

func isPercent(s string) bool {
	digits, ok := strings.CutSuffix(s, "%")
	return ok && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// percent is the number before the sign; false if n is none.
func percent(n api.IntOrString) (int, bool) {
	if !n.IsText || !isPercent(n.Text) {
		return 0, false
	}
	p, _ := strconv.Atoi(strings.TrimSuffix(n.Text, "%")) // the largest number there is, if it is larger
	return p, true
}

// amount is a number or the number of a percentage, whichever it is; 0 for what is neither.
func amount(n api.IntOrString) int {
	if p, ok := percent(n); ok {
		return p
	}
	if !n.IsText {
		return int(n.Number)
	}
	i, err := strconv.Atoi(n.Text)
	if err != nil {
		return 0
	}
	return i
}
