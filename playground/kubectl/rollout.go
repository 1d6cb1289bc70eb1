package kubectl

import (
	"github.com/slipway-dev/slipway/internal/calendar"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func rolloutVerb() *verb {
	return &verb{
		name:     "rollout",
		short:    "Watch, stop, go on with, repeat or undo the rollout of a workload.",
		usage:    "SUBCOMMAND (TYPE NAME | TYPE/NAME) [flags]",
		examples: []string{"kubectl rollout status deployment/web", "kubectl rollout undo deployment/web"},
		subs: func() []*verb {
			return []*verb{rolloutHistoryVerb(), rolloutPauseVerb(), rolloutRestartVerb(), rolloutResumeVerb(), rolloutStatusVerb(), rolloutUndoVerb()}
		},
		run: subcommands,
	}
}

// rolloutFlags are those of every rollout.
const rolloutFlags = "filename selector recursive kustomize"

// workloads are the objects of a rollout line.
func (c *call) workloads() ([]info, error) {
	if len(c.args) == 0 && !c.given("filename") {
		return nil, usageError("required resource not specified")
	}
	return c.infos(c.args)
}

func rolloutPauseVerb() *verb {
	return &verb{
		name: "rollout pause", types: true, usage: "(TYPE NAME | TYPE/NAME) [flags]",
		short:    "Let changes of a template wait.",
		examples: []string{"kubectl rollout pause deployment/web"},
		flags:    rolloutFlags + ` output field-manager`,
		run: func(c *call) error {
			return c.setPaused("paused", "is already paused", "pausing is not supported", true)
		},
	}
}

func rolloutResumeVerb() *verb {
	return &verb{
		name: "rollout resume", types: true, usage: "(TYPE NAME | TYPE/NAME) [flags]",
		short:    "Go on with a rollout that was paused.",
		examples: []string{"kubectl rollout resume deployment/web"},
		flags:    rolloutFlags + ` output field-manager`,
		run: func(c *call) error {
			return c.setPaused("resumed", "is not paused", "resuming is not supported", false)
		},
	}
}

// setPaused pauses rollouts or goes on with them.
func (c *call) setPaused(done, already, cannot string, paused bool) error {
	list, err := c.workloads()
	if err != nil {
		return err
	}
	for i := range list {
		in := &list[i]
		was, _ := dig(schema.Tree(in.obj), "spec", "paused").(bool)
		switch {
		case in.res.Kind.String() != "Deployment":
			c.fail(usageError("error: "+in.res.Qualified()+" "+quote(in.name())+" "+cannot), "")
			continue
		case was == paused:
			c.fail(usageError("error: "+in.res.Qualified()+" "+quote(in.name())+" "+already), "")
			continue
		}
		var value any
		if paused {
			value = true
		}
		obj, _, err := c.patchInfo(in, request.StrategicPatch, at(value, "spec", "paused"), "", "none")
		if err != nil {
			c.fail(patchRefused(err), "")
			continue
		}
		if err := c.didTyped(in.res, obj, done, "none"); err != nil {
			return err
		}
	}
	return nil
}

const restartedAt = "kubectl.kubernetes.io/restartedAt"

func rolloutRestartVerb() *verb {
	return &verb{
		name: "rollout restart", types: true, usage: "TYPE NAME | TYPE/NAME [flags]",
		short:    "Replace the pods of a workload by new ones of the same template.",
		examples: []string{"kubectl rollout restart deployment/web"},
		flags:    rolloutFlags + ` output field-manager`,
		run:      restart,
	}
}

func restart(c *call) error {
	list, err := c.workloads()
	if err != nil {
		return err
	}
	for i := range list {
		in := &list[i]
		tree := schema.Tree(in.obj)
		now := calendar.Text(c.env.Server.Now(), calendar.RFC3339)
		why := ""
		switch kind := in.res.Kind.String(); {
		case kind != "Deployment" && kind != "StatefulSet" && kind != "DaemonSet":
			why = "restarting is not supported"
		case dig(tree, "spec", "paused") == true:
			why = "can't restart paused deployment (run rollout resume first)"
		case digText(tree, "spec", "template", "metadata", "annotations", restartedAt) == now:
			c.fail(usageError("failed to create patch for "+in.name()+": if restart has already been triggered within the past second, please wait before attempting to trigger another"), "")
			continue
		}
		if why != "" {
			c.fail(usageError("error: "+in.res.Qualified()+" "+quote(in.name())+" "+why), "")
			continue
		}
		patch := at(now, "spec", "template", "metadata", "annotations", restartedAt)
		obj, _, err := c.patchInfo(in, request.StrategicPatch, patch, "", "none")
		if err != nil {
			c.fail(patchRefused(err), "")
			continue
		}
		if err := c.didTyped(in.res, obj, "restarted", "none"); err != nil {
			return err
		}
	}
	return nil
}
