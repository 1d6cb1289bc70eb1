package kubectl_test

import (
	"strings"
	"testing"

	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/stretchr/testify/require"
)

func TestExplain(t *testing.T) {
	b := newBox()
	require.Equal(t, `GROUP:      apps
KIND:       Deployment
VERSION:    v1

FIELD: strategy <DeploymentStrategy>


DESCRIPTION:
    Strategy is how pods of the last template are replaced.
    
FIELDS:
  rollingUpdate	<RollingUpdateDeployment>
    RollingUpdate says how far a rolling update may go at a time.

  type	<string>
  enum: Recreate, RollingUpdate
    Type is Recreate or RollingUpdate.


`, b.run("explain deployments.apps.spec.strategy").Stdout)
	require.Contains(t, b.run("explain pods.v1.spec.nodeName").Stdout, "FIELD: nodeName <string>\n\n\nDESCRIPTION:")
	require.Contains(t, b.run("explain pod.spec.containers.imagePullPolicy").Stdout, "ENUM:\n    Always\n    IfNotPresent\n    Never\n\nDESCRIPTION:")
	require.Contains(t, b.run("explain pod.spec.containers --recursive").Stdout, "  resources\t<ResourceRequirements>\n    claims\t<[]ResourceClaim>\n      name\t<string> -required-\n")
	for line, want := range map[string]string{
		"explain":                           "error: You must specify the type of resource to explain. Use \"kubectl api-resources\" for a complete list of supported resources.\n",
		"explain pods deploy":               "error: We accept only this format: explain RESOURCE\n",
		"explain podz":                      "the server doesn't have a resource type \"podz\"\nDid you mean pods?\n",
		"explain pod.spec.contaners":        "error: field \"contaners\" does not exist\nDid you mean containers?\n",
		"explain pod.spec.nodeName.more":    "error: field \"more\" does not exist\n",
		"explain pod --api-version=apps/v1": "error: couldn't find resource for \"apps/v1, Resource=pods\"\n",
		"explain pod -o yaml":               "error: unrecognized format: yaml\n",
	} {
		res := b.run(line)
		require.Equal(t, want, res.Stderr)
		require.Equal(t, 1, res.Code)
	}
}

// What is for people fits into 80 columns, and every kind says what it is.
func TestEveryKindIsExplained(t *testing.T) {
	b := newBox()
	for _, r := range schema.Resources() {
		out := b.run("explain " + r.Plural).Stdout
		require.NotEmpty(t, out, r.Plural)
		for line := range strings.Lines(out) {
			require.LessOrEqual(t, len([]rune(line)), 81, line)
		}
		require.Contains(t, b.run("explain "+r.Plural+" --recursive").Stdout, "\n    annotations\t<map[string]string>\n")
	}
}
