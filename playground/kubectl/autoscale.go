package kubectl

import (
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
)

func autoscaleVerb() *verb {
	return &verb{
		name: "autoscale", types: true,
		short:    "Scale a workload by its load (autoscalers are not here yet).",
		usage:    "(TYPE NAME | TYPE/NAME) [--min=MIN] --max=MAX [--cpu=PERCENT] [flags]",
		examples: []string{"kubectl autoscale deployment/web --min=2 --max=5 --cpu=80%"},
		flags: `filename dry-run output save-config field-manager recursive kustomize
min|i-1||The fewest replicas.
max|i-1||The most replicas.
cpu|s||The use of CPU to aim at, for example 80% or 500m.
memory|s||The use of memory to aim at.
cpu-percent|i-1||The use of CPU to aim at, in percent of the request.
name|s||The name of the autoscaler; that of the workload by default.`,
		run: autoscale,
	}
}

// autoscale checks what can be checked without autoscalers; then it answers as a server does that has none.
func autoscale(c *call) error {
	switch {
	case !c.given("max"):
		return usageError(`required flag(s) "max" not set`)
	case c.number("max") < 1:
		return usageError("--max=MAXPODS is required and must be at least 1, max: " + c.text("max"))
	case c.number("max") < c.number("min"):
		return usageError("--max=MAXPODS must be larger or equal to --min=MINPODS, max: " + c.text("max") + ", min: " + c.text("min"))
	}
	list, err := c.infos(c.args)
	if err != nil {
		return err
	}
	if c.given("cpu-percent") {
		c.err.WriteString("Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).\n")
	}
	for i := range list {
		in := &list[i]
		switch {
		case !request.Scalable(in.res):
			c.fail(usageError("cannot autoscale a "+in.res.Kind.String()+": could not find scale subresource for "+in.res.Group+"/"+in.res.Version+", Resource="+in.res.Plural+" in discovery information"), "")
		case c.given("cpu"):
			c.fail(notFoundResource(), "")
		default:
			c.fail(usageError("failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: empty input"), "")
		}
	}
	return nil
}

// notFoundResource is what a server says of a kind it does not have.
func notFoundResource() error {
	return api.Failure(404, api.StatusNotFound, "the server could not find the requested resource", &api.StatusDetails{})
}
