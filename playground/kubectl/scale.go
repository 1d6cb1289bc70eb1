package kubectl

import (
	"strconv"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
)

func scaleVerb() *verb {
	return &verb{
		name: "scale", types: true,
		short:    "Say how many replicas a workload is to have.",
		usage:    "--replicas=COUNT (TYPE NAME ... | TYPE/NAME ... | -f FILENAME) [flags]",
		examples: []string{"kubectl scale deployment/web --replicas=3", "kubectl scale deploy web --current-replicas=2 --replicas=3"},
		flags: `filename selector dry-run output timeout record recursive kustomize all
replicas|i0||How many replicas there are to be.
current-replicas|i-1||Only if there are so many now.
resource-version|s||Only if the object still has this version.`,
		run: scale,
	}
}

func scale(c *call) error {
	replicas := c.number("replicas")
	if !c.given("replicas") {
		return usageError(`required flag(s) "replicas" not set`)
	}
	if replicas < 0 {
		return usageError("The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0")
	}
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	if c.given("current-replicas") && c.number("current-replicas") < -1 {
		return usageError("The --current-replicas must specify an integer of -1 or greater")
	}
	list, err := c.infos(c.args)
	if err != nil {
		return err
	}
	if len(list) > 1 && c.text("resource-version") != "" {
		return usageError("cannot use --resource-version with multiple resources")
	}
	if len(list) == 0 && c.code == 0 {
		return usageError("no objects passed to scale")
	}
	for i := range list {
		if err := c.scaleOne(&list[i], replicas, dry); err != nil {
			c.fail(err, "")
		}
	}
	return nil
}

func (c *call) scaleOne(i *info, replicas int64, dry string) error {
	s, err := c.env.Server.Scale(i.res, i.namespace, i.name())
	if err != nil {
		return err
	}
	if want := c.number("current-replicas"); want >= 0 && want != s.Desired {
		return usageError("Expected replicas to be " + strconv.FormatInt(want, 10) + ", was " + strconv.FormatInt(s.Desired, 10))
	}
	if want, have := c.text("resource-version"), s.Object.Meta().ResourceVersion.String(); want != "" && want != have {
		return usageError("Expected resource version to be " + want + ", was " + have)
	}
	var obj api.Object = s.Object
	if dry != "client" {
		s, err = c.env.Server.SetScale(i.res, i.namespace, i.name(), replicas, 0, request.WriteOptions{DryRun: dry == "server", FieldManager: c.manager()})
		if err != nil {
			return err
		}
		obj = s.Object
	}
	return c.did(i.res, obj, nil, "scaled", dry)
}
