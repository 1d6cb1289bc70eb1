package playground_test

import (
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/playground"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

const shop = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 5
      containers: [{name: web, image: "nginx:1.26"}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}
---
apiVersion: v1
kind: Service
metadata: {name: empty}
spec: {selector: {app: nobody}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {containers: [{name: client, image: busybox, args: [sleep, infinity]}]}
`

func openShop(t *testing.T) *playground.Session {
	s, err := playground.Open(playground.Scenario{Name: "shop", Seed: 3, Nodes: orchestrate.Nodes(3), Start: shop})
	require.NoError(t, err)
	wait(t, s, 3*time.Second)
	return s
}

func wait(t *testing.T, s *playground.Session, d time.Duration) {
	_, err := s.Advance(d)
	require.NoError(t, err)
}

func TestCurl(t *testing.T) {
	s := openShop(t)
	for _, test := range []struct {
		name, line, want string
		exact            bool
	}{
		{"a node's port, from outside", "curl -s http://node-1:30080", "Welcome to nginx!", false},
		{"the scheme may be left out", "curl -s node-2:30080", "Welcome to nginx!", false},
		{"the Service, from a pod", "kubectl exec client -- curl -s http://web", "Welcome to nginx!", false},
		{"by a name of the Deployment's pod", "kubectl exec deploy/web -- curl -s http://web", "Welcome to nginx!", false},
		{"the status only", `curl -s -o /dev/null -w '%{http_code}\n' http://node-1:30080`, "200\n", true},
		{"a page that is not there", "curl -sf http://node-1:30080/nope; echo $?", "22\n", true},
		{"and why", "curl -f http://node-1:30080/nope", "curl: (22) The requested URL returned error: 404\n", true},
		{"headers", "curl -sI http://node-1:30080", "HTTP/1.1 200 OK\r\nContent-Length: ", false},
		{"a cluster's name, from outside", "curl http://web; echo $?", "curl: (6) Could not resolve host: web\n6\n", true},
		{"silence", "curl -s http://web; echo $?", "6\n", true},
		{"a port nobody listens on", "curl http://node-1:30081", "curl: (7) Failed to connect to node-1 port 30081 after ", false},
		{"a Service without endpoints", "kubectl exec client -- curl http://empty", "curl: (7) Failed to connect to empty port 80 after ", false},
		{"and what kubectl adds", "kubectl exec client -- curl -s http://empty", "command terminated with exit code 7\n", true},
		{"a cluster's address, from outside", "curl --connect-timeout 2 http://10.96.0.77", "curl: (28) Failed to connect to 10.96.0.77 port 80 after 2000 ms: Timeout was reached\n", true},
		{"all within a second", "curl -m 1 http://10.96.0.77", "curl: (28) Connection timed out after 1000 milliseconds\n", true},
		{"as long as the kernel tries", "curl http://10.96.0.77", "curl: (28) Failed to connect to 10.96.0.77 port 80 after 127000 ms: Couldn't connect to server\n", true},
		{"two at once", `curl -s -o /dev/null -w '%{http_code} ' node-1:30080 node-2:30080`, "200 200 ", true},
		{"the long story", "curl -sv http://node-1:30080/nope -o /dev/null", "*   Trying 192.168.0.10:30080...\n* Connected to node-1 (192.168.0.10) port 30080 (#0)\n> GET /nope HTTP/1.1\n> Host: node-1:30080\n", false},
		{"to nowhere", "curl", "curl: try 'curl --help' or 'curl --manual' for more information\n", true},
		{"in another tongue", "curl gopher://x", "curl: (1) Protocol \"gopher\" not supported or disabled in libcurl\n", true},
		{"a port that is none", "curl http://x:99999", "curl: (3) URL using bad/illegal format or missing URL\n", true},
		{"a flag that is none", "curl --foo x", "curl: option --foo: is unknown\n", false},
		{"wget", "kubectl exec client -- wget -qO- http://web", "Welcome to nginx!", false},
		{"wget tells", "kubectl exec client -- wget -O- http://web", "Connecting to web (10.96.", false},
		{"wget, no such name", "kubectl exec client -- wget -qO- http://nope", "wget: bad address 'nope'\ncommand terminated with exit code 1\n", true},
		{"wget, no such page", "kubectl exec client -- wget -qO- http://web/nope", "wget: server returned error: HTTP/1.1 404 Not Found\n", false},
		{"nslookup", "kubectl exec client -- nslookup web", "Name:\tweb.default.svc.cluster.local\nAddress: 10.96.", false},
		{"nslookup, no such name", "kubectl exec client -- nslookup nope", "** server can't find nope.default.svc.cluster.local: NXDOMAIN\n", false},
		{"another program", "kubectl exec client -- cat /etc/hostname", "client\n", false},
		{"a program that does not end", "kubectl exec client -- top", "error: the command does not end; it was stopped\n", true},
		{"no such pod", "kubectl exec nobody -- curl http://web", "Error from server (NotFound): pods \"nobody\" not found\n", true},
		{"nothing to run", "kubectl exec client", "error: you must specify at least one command for the container\n", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := enter(t, s, test.line)
			if test.exact {
				require.Equal(t, test.want, got)
			} else {
				require.Contains(t, got, test.want)
			}
		})
	}
}

func TestARequestTakesItsTimeAndCanBeInterrupted(t *testing.T) {
	s := openShop(t)
	_, err := s.Type("curl http://10.96.0.77")
	require.NoError(t, err)
	require.True(t, s.Busy())
	wait(t, s, 10*time.Second)
	require.True(t, s.Busy(), "packets to nowhere are sent again and again")
	_, err = s.Interrupt()
	require.NoError(t, err)
	require.False(t, s.Busy())
}

// A rollout under traffic, as a lesson would tell it.
func TestTrafficShowsWhatARolloutCosts(t *testing.T) {
	s := openShop(t)
	require.Equal(t, "No traffic found.\n", enter(t, s, "traffic"))
	require.Equal(t, "traffic/web started\n", enter(t, s, "traffic start http://web --from client --rate 100"))
	require.Contains(t, enter(t, s, "traffic start http://web"), `there is already traffic called "web"`)
	wait(t, s, 5*time.Second)
	fields := strings.Fields(strings.Split(enter(t, s, "traffic list"), "\n")[1])
	require.Equal(t, []string{"web", "pod/client", "web", "100/s"}, fields[:4])
	require.Equal(t, fields[4], fields[5], "all is well")
	require.Equal(t, "0", fields[6])

	calm := s.View().Traffic[0]
	require.Equal(t, playground.ToneOK, calm.Tone)
	require.Equal(t, []string{"traffic/web", "pod/client", "web"}, []string{calm.Key, calm.From, calm.To})
	require.Len(t, calm.Endpoints, 3)
	before := s.Now()

	enter(t, s, "kubectl set image deployment/web web=nginx:1.27")
	wait(t, s, 40*time.Second)
	fields = strings.Fields(strings.Split(enter(t, s, "traffic list"), "\n")[1])
	require.NotEqual(t, "0", fields[6], "nginx stops listening before every table has heard of it")

	s.Seek(before)
	require.Equal(t, calm, s.View().Traffic[0], "the past shows what was counted then")
	s.GoLive()

	require.Equal(t, "traffic/web stopped\n", enter(t, s, "traffic stop web"))
	lines := strings.Split(enter(t, s, "traffic log web -n 1000"), "\n")
	lost := ""
	for _, l := range strings.Split(enter(t, s, "traffic log web -n 1000"), "\n") {
		if strings.Contains(l, "refused") {
			lost = strings.Fields(l)[0]
		}
	}
	if lost == "" { // the log reaches back ten seconds only
		require.Len(t, lines, 1002)
	}
	require.Contains(t, enter(t, s, "traffic why web 0"), "Service web: web-")
	require.Contains(t, enter(t, s, "traffic why web 0"), "got 200 after ")
	require.Contains(t, enter(t, s, "traffic why web 999999"), "numbered from 0 to")
	require.Contains(t, enter(t, s, "traffic why nope 1"), "there is no traffic called nope")
	require.Contains(t, enter(t, s, "traffic dance"), "traffic: start URL")
}

func TestASessionWithTrafficIsLoadedAsItWas(t *testing.T) {
	s := openShop(t)
	enter(t, s, "traffic start http://node-1:30080 --rate 5 --timeout 1s --name out")
	enter(t, s, "kubectl scale deployment web --replicas=0")
	wait(t, s, 20*time.Second)
	enter(t, s, "kubectl exec client -- curl -s http://web")
	saved, err := s.Save()
	require.NoError(t, err)
	again, err := playground.Load(saved)
	require.NoError(t, err)
	require.Equal(t, s.Cluster().TraceHash(), again.Cluster().TraceHash())
	require.Equal(t, enter(t, s, "traffic"), enter(t, again, "traffic"))
	_, err = s.Undo()
	require.NoError(t, err)
	require.Contains(t, enter(t, s, "traffic"), "out")
}

// Whatever is typed, there is an answer, and a prompt again.
func TestEveryCommandLineOfAClientEnds(t *testing.T) {
	s := openShop(t)
	words := []string{
		"-", "--", "-s", "-o", "-w", "-m", "1", "-m1", "--max-time=2", "--connect-timeout", "0.5", "-qO-", "-T", "-O", "http://", "http://web", "web:99999",
		"node-1:30080", "node-1:30080/nope", "10.96.0.9", "http://[::1]", "localhost", "start", "stop", "list", "log", "why", "web", "0", "-1", "--rate", "NaN",
		"1e-30", "1e300", "--rate=2", "--from", "client", "--from=nobody", "--timeout", "0s", "-n", "--name", "''", "%{http_code}", "kube.default.svc.",
	}
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.SampledFrom([]string{"curl", "wget", "nslookup", "traffic", "kubectl exec client --", "kubectl exec client -- curl", "kubectl exec client -- wget"}).Draw(t, "program")
		for _, w := range rapid.SliceOfN(rapid.SampledFrom(words), 0, 5).Draw(t, "words") {
			line += " " + w
		}
		_, err := s.Type(line)
		require.NoError(t, err)
		_, err = s.Advance(10 * time.Minute)
		require.NoError(t, err)
		require.False(t, s.Busy(), line)
	})
}

func TestTrafficIsCompleted(t *testing.T) {
	s := open(t)
	enter(t, s, "traffic start http://web --name one")
	enter(t, s, "traffic start http://web --name two")
	enter(t, s, "traffic stop one")
	words := func(line string) (out []string) {
		_, items := s.Complete(line, len(line))
		for _, it := range items {
			out = append(out, it.Text)
		}
		return out
	}
	require.Equal(t, []string{"start", "stop"}, words("traffic st"))
	require.Equal(t, []string{"two"}, words("traffic stop "))
	require.Equal(t, []string{"one", "two"}, words("traffic log "))
	require.Empty(t, words("traffic start "))
}
