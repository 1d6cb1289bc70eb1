package controller

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// limits are how far a rolling update may go at a time, in pods.
type limits struct{ surge, unavailable int32 }

// RollingLimits are how many pods a Deployment may have beyond those it wants while it rolls out, and how many of those it
// wants may be unavailable: maxSurge and maxUnavailable as numbers of pods.
func RollingLimits(d *api.Deployment) (surge, unavailable int32) {
	l := limitsOf(d)
	return l.surge, l.unavailable
}

// limitsOf resolves maxSurge, rounded up, and maxUnavailable, rounded down, against the number of replicas. If both come
// to nothing one pod may be unavailable, or the update could not begin. Recreate has neither.
//
// Source: k8s.io/kubernetes, pkg/controller/deployment/util, ResolveFenceposts.
func limitsOf(d *api.Deployment) limits {
	if d.Spec.Strategy.Type == api.DeploymentRecreate {
		return limits{}
	}
	replicas := wanted(d.Spec.Replicas)
	var l limits
	if r := d.Spec.Strategy.RollingUpdate; r != nil {
		l = limits{scaled(r.MaxSurge, replicas, true), scaled(r.MaxUnavailable, replicas, false)}
	}
	if l.surge == 0 && l.unavailable == 0 {
		l.unavailable = 1
	}
	l.unavailable = min(l.unavailable, replicas)
	return l
}

// scaled is a number as it is, or a percentage of total.
func scaled(v *api.IntOrString, total int32, up bool) int32 {
	if v == nil {
		return 0
	}
	if !v.IsText {
		return v.Number
	}
	percent, err := strconv.ParseInt(strings.TrimSuffix(v.Text, "%"), 10, 32)
	if err != nil {
		return 0 // validation let it through only as a percentage
	}
	product := percent * int64(total)
	if up {
		product += 99
	}
	return int32(product / 100)
}
