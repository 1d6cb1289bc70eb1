package kubectl_test

import (
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/playground/kubectl"
	"github.com/stretchr/testify/require"
)

// Tab knows what a word may become: names where names are meant, labels, files, and the verbs behind verbs.
func TestCompletions(t *testing.T) {
	b := newBox()
	b.env.Files = files{"app.yaml": "", "notes.txt": ""}
	b.run("run web --image=nginx --labels=app=web,tier=front")
	b.run("run db --image=postgres --labels=app=db")
	b.run("create namespace shop")
	b.run("run far --image=nginx -n shop --labels=app=far")
	b.pass(time.Second)
	for line, want := range map[string]string{
		"logs w":                         "web",
		"exec -it d":                     "db",
		"port-forward pod/w":             "pod/web",
		"logs -n shop ":                  "far",
		"logs web d":                     "",
		"drain node-1 n":                 "node-1 node-2",
		"taint n":                        "namespaces nodes",
		"get pods,se":                    "pods,secrets pods,serviceaccounts pods,services",
		"get pods -l a":                  "app=",
		"get pods -l app=":               "app=db app=web",
		"get pods -l tier=front,app=w":   "tier=front,app=web",
		"get pods -A -l app=f":           "app=far",
		"get pods --selector=app=d":      "--selector=app=db",
		"get pods -L t":                  "tier",
		"get podz -l a":                  "",
		"label pod web t":                "tier=",
		"apply -f a":                     "app.yaml",
		"create -f ":                     "app.yaml notes.txt",
		"create secret g":                "generic",
		"create secret generic x --from": "--from-env-file= --from-file= --from-literal=",
		"create service ":                "clusterip externalname loadbalancer nodeport",
		"events --for pod/d":             "pod/db",
		"expose pod web --selector a":    "",
		"rollout status d":               "deployments",
		"run x --override-type ":         "json merge strategic",
	} {
		var got []string
		for _, c := range kubectl.Complete(b.env, append([]string{"kubectl"}, strings.Split(line, " ")...)) {
			got = append(got, c.Text)
		}
		require.Equal(t, want, strings.Join(got, " "), line)
	}
}
