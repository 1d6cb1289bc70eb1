//go:build !engine || !machine

package kubectl

import (
	"slices"

	"github.com/slipway-dev/slipway/internal/sorting"
)

// verbs are the subcommands, in kubectl's order.
func verbs() []*verb {
	all := append(smallVerbs(),
		createVerb(), exposeVerb(), runVerb(), setVerb(), getVerb(), deleteVerb(), rolloutVerb(), scaleVerb(), autoscaleVerb(),
		cordonVerb(), uncordonVerb(), drainVerb(), taintVerb(), describeVerb(), attachVerb(), execVerb(), applyVerb(), patchVerb(), replaceVerb(),
		labelVerb(), annotateVerb(), apiResourcesVerb(), versionVerb(),
		explainVerb(), logsVerb(), waitVerb(), eventsVerb(), authVerb(), configVerb(), diffVerb(), editVerb(), portForwardVerb(), cpVerb(),
	)
	sorting.Func(all, func(a, b *verb) int { return slices.Index(allVerbs, a.name) - slices.Index(allVerbs, b.name) })
	return all
}
