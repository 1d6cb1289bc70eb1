package workload

import (
	"strconv"
	"time"
)

const (
	kib = 1 << 10
	mib = 1 << 20
	ms  = time.Millisecond
)

// debian is the layer many images stand on, and alpine that of the small ones.
var (
	debian = Layer{"debian", 28_200_000}
	alpine = Layer{"alpine", 3_640_000}
)

// Standard is the catalog a world has unless told otherwise.
func Standard() *Catalog {
	all := []Image{nginx(), httpd(), busybox(), redis(), postgres()}
	for _, repository := range []string{"gcr.io/google-samples/hello-app", "us-docker.pkg.dev/google-samples/containers/gke/hello-app"} {
		all = append(all, helloApp(repository, "1.0", "1.0.0"), helloApp(repository, "2.0", "2.0.0"))
	}
	all = append(all, stressImage(), agnhost(), pause())
	return NewCatalog(append(all, troubled()...)...)
}

// versions are the tags prefix+first to prefix+last, each with its variants, behind some others.
func versions(prefix string, first, last int, others ...string) []string {
	tags := others
	for n := first; n <= last; n++ {
		tag := prefix + strconv.Itoa(n)
		tags = append(tags, tag, tag+"-alpine", tag+".0", tag+".1", tag+".2", tag+".3")
	}
	return tags
}

// server is a program that goes on and ends with code 0 when it is asked to.
func serving(starts, stops time.Duration, memory int64, ports ...Port) Program {
	return Program{Forever: true, Starts: starts, StopsAfter: stops, Memory: memory, CPU: 1, Ports: ports}
}

const welcome = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>
</body>
</html>
`

func nginx() Image {
	p := serving(150*ms, 200*ms, 4*mib, Port{Number: 80, Pages: []Page{
		{Path: "/", Status: 200, Body: welcome}, {Path: "/index.html", Status: 200, Body: welcome},
	}})
	p.Log = []Line{
		{At: 10 * ms, Text: "/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration"},
		{At: 12 * ms, Text: "/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/"},
		{At: 100 * ms, Text: "/docker-entrypoint.sh: Configuration complete; ready for start up"},
		{At: 140 * ms, Text: "[notice] 1#1: start worker processes", Err: true},
	}
	return Image{
		Repository: "nginx", Name: "nginx", Shell: true, Program: p,
		Tags:   versions("1.", 7, 29, "latest", "stable", "mainline", "alpine", "1", "1.7.9", "1-alpine", "stable-alpine", "1.27.4", "1.27.5"),
		Layers: []Layer{debian, {"nginx", 43_800_000}},
	}
}

func httpd() Image {
	works := "<html><body><h1>It works!</h1></body></html>\n"
	p := serving(200*ms, 300*ms, 6*mib, Port{Number: 80, Pages: []Page{{Path: "/", Status: 200, Body: works}, {Path: "/index.html", Status: 200, Body: works}}})
	p.Log = []Line{
		{At: 180 * ms, Text: "AH00558: httpd: Could not reliably determine the server's fully qualified domain name. Set the 'ServerName' directive globally to suppress this message", Err: true},
		{At: 200 * ms, Text: "[mpm_event:notice] [pid 1:tid 1] AH00489: Apache/2.4 (Unix) configured -- resuming normal operations", Err: true},
	}
	return Image{
		Repository: "httpd", Name: "httpd-foreground", Shell: true, Program: p,
		Tags: []string{"latest", "2", "2.4", "2.4.62", "2.4.65", "alpine", "2.4-alpine", "alpine3.22"}, Layers: []Layer{debian, {"httpd", 30_300_000}},
	}
}

func busybox() Image {
	return Image{
		Repository: "busybox", Shell: true, Tags: versions("1.", 24, 37, "latest", "stable", "1", "musl", "glibc", "uclibc", "1.28.4"),
		Layers: []Layer{{"busybox", 2_200_000}},
	}
}

func redis() Image {
	p := serving(120*ms, 100*ms, 8*mib, Port{Number: 6379})
	p.Log = []Line{
		{At: 20 * ms, Text: "1:C oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo"},
		{At: 100 * ms, Text: "1:M * Running mode=standalone, port=6379."},
		{At: 120 * ms, Text: "1:M * Ready to accept connections tcp"},
	}
	return Image{
		Repository: "redis", Name: "redis-server", Shell: true, Program: p,
		Tags: versions("7.", 0, 4, "latest", "alpine", "6", "6.0", "6.2", "7", "8", "8.0", "8.2", "6-alpine", "7-alpine", "8-alpine"), Layers: []Layer{debian, {"redis", 18_100_000}},
		Tools: []Tool{{Name: "redis-cli", Says: "PONG", Fails: "Could not connect to Redis at 127.0.0.1:6379: Connection refused", Code: 1}},
	}
}

func postgres() Image {
	p := serving(2500*ms, 400*ms, 40*mib, Port{Number: 5432})
	p.Needs = []string{"POSTGRES_PASSWORD", "POSTGRES_HOST_AUTH_METHOD"}
	p.Without = "Error: Database is uninitialized and superuser password is not specified.\n" +
		"       You must specify POSTGRES_PASSWORD to a non-empty value for the\n" +
		"       superuser. For example, \"-e POSTGRES_PASSWORD=password\" on \"docker run\"."
	p.Log = []Line{
		{At: 100 * ms, Text: `The files belonging to this database system will be owned by user "postgres".`},
		{At: 2400 * ms, Text: `LOG:  listening on IPv4 address "0.0.0.0", port 5432`, Err: true},
		{At: 2500 * ms, Text: "LOG:  database system is ready to accept connections", Err: true},
	}
	return Image{
		Repository: "postgres", Name: "postgres", Shell: true, Program: p,
		Tags:   []string{"latest", "alpine", "13", "14", "15", "16", "17", "18", "15-alpine", "16-alpine", "17-alpine", "18-alpine", "16.4", "17.2"},
		Layers: []Layer{debian, {"postgres", 126_000_000}},
		Tools: []Tool{
			{Name: "pg_isready", Says: "/var/run/postgresql:5432 - accepting connections", Fails: "/var/run/postgresql:5432 - no response", Code: 2},
		},
	}
}

// helloApp is a Go program without a handler for SIGTERM: as process 1 it cannot die of the signal, and exits with 2.
func helloApp(repository, tag, version string) Image {
	p := serving(20*ms, 5*ms, 5*mib, Port{Number: 8080, Env: "PORT", Pages: []Page{
		{Status: 200, Body: "Hello, world!\nVersion: " + version + "\nHostname: $HOSTNAME\n"},
	}})
	p.StopCode = 2
	p.Log = []Line{{At: 20 * ms, Text: "Server listening on port 8080", Err: true}}
	return Image{
		Repository: repository, Tags: []string{tag}, Entry: true, Name: "hello-app", Program: p,
		Layers: []Layer{{"distroless", 2_600_000}, {"hello-app:" + tag, 11_400_000}},
	}
}

// stressImage is what the exercises on requests and limits use.
func stressImage() Image {
	return Image{Repository: "polinux/stress", Shell: true, Layers: []Layer{alpine, {"stress", 900 * kib}}}
}

// agnhost is the test image of the Kubernetes project; here it is what the exercise on liveness probes starts with the
// argument "liveness": well for ten seconds, then not.
func agnhost() Image {
	p := serving(30*ms, 10*ms, 10*mib, Port{Number: 8080, Pages: []Page{
		{Path: "/healthz", Status: 200, Body: "ok", Until: 10 * time.Second},
		{Path: "/healthz", Status: 500, Body: "error: 10.0", From: 10 * time.Second},
	}})
	p.StopCode = 2
	return Image{Repository: "registry.k8s.io/e2e-test-images/agnhost", Entry: true, Name: "agnhost", Program: p, Layers: []Layer{alpine, {"agnhost", 49_000_000}}}
}

func pause() Image {
	return Image{Repository: "registry.k8s.io/pause", Name: "pause", Program: serving(5*ms, 5*ms, 200*kib), Layers: []Layer{{"pause", 320_000}}}
}

// troubled are images each of which has one fault that lessons are about.
func troubled() []Image {
	leaky := serving(100*ms, 50*ms, 20*mib, Port{Number: 8080, Pages: []Page{{Status: 200, Body: "ok\n"}}})
	leaky.Leak = 2 * mib
	leaky.Log = []Line{{At: 100 * ms, Text: "listening on :8080"}}
	leaky.Tick, leaky.Every = "cache: nothing was ever evicted, $AGE seconds up", 10*time.Second

	crashing := Program{Runs: 3 * time.Second, ExitCode: 1, Memory: 10 * mib, Log: []Line{
		{At: 50 * ms, Text: "connecting to database db:5432"},
		{At: 3 * time.Second, Text: "panic: dial tcp: lookup db: no such host", Err: true},
	}}

	// A Java program ends of SIGTERM with 128+15.
	slow := serving(30*time.Second, 500*ms, 250*mib, Port{Number: 8080, Pages: []Page{
		{Path: "/healthz", Status: 200, Body: "UP"}, {Status: 200, Body: "slow, but here\n"},
	}})
	slow.StopCode = 143
	slow.Log = []Line{
		{At: time.Second, Text: "Starting Application using Java 21"},
		{At: 15 * time.Second, Text: "HikariPool-1 - Start completed."},
		{At: 30 * time.Second, Text: "Started Application in 29.7 seconds"},
	}

	burner := serving(20*ms, 20*ms, 5*mib, Port{Number: 8080, Pages: []Page{{Status: 200, Body: "busy\n", Takes: 20 * ms}}})
	burner.CPU = 1000

	layers := func(name string) []Layer { return []Layer{alpine, {name, 12_000_000}} }
	return []Image{
		{Repository: "slipway/leaky", Shell: true, Entry: true, Name: "leaky", Program: leaky, Layers: layers("leaky")},
		{Repository: "slipway/crashing", Shell: true, Entry: true, Name: "crashing", Program: crashing, Layers: layers("crashing")},
		{Repository: "slipway/slow-starter", Shell: true, Entry: true, Name: "java", Program: slow, Layers: []Layer{alpine, {"jre", 62_000_000}, {"slow-starter", 24_000_000}}},
		{Repository: "slipway/cpu-burner", Shell: true, Entry: true, Name: "burner", Program: burner, Layers: layers("cpu-burner")},
	}
}
