package playground

import (
	"strconv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/orchestrate/network"
	"github.com/slipway-dev/slipway/playground/kubectl"
)

// client is a program that asks for something over the network, as its command line says. It is never changed.
type client interface {
	// request is what to ask for next; false if nothing is left.
	request() (network.Request, bool)
	// take tells the program how its request ended. It returns what the program prints, and the program as it goes on.
	take(s *Session, r network.Request, o *network.Outcome) (kubectl.Result, client)
}

// fetchJob is a client whose request is on its way.
type fetchJob struct {
	client  client
	sent    network.Request
	until   time.Duration // when more is known
	in      bool          // inside a container: kubectl says how it ended
	started bool
	done    int // requests so far
}

// Poll is never called; a client needs the session.
func (j *fetchJob) Poll(*kubectl.Env) (kubectl.Result, bool) { return kubectl.Result{}, false }

// Deadline is when more is known of the request.
func (j *fetchJob) Deadline() (time.Duration, bool) { return j.until, true }

// Clone copies the job. Clients never change.
func (j *fetchJob) Clone() kubectl.Job {
	k := *j
	return &k
}

// send begins the next request; false if there is none.
func (j *fetchJob) send(s *Session) bool {
	r, ok := j.client.request()
	if !ok {
		return false
	}
	at := s.cluster.Now()
	if j.started {
		at = max(at, j.sent.At)
	}
	r.From, r.At = j.sent.From, at
	r.Name = "typed at " + strconv.FormatInt(int64(at), 10) + " as number " + strconv.Itoa(len(s.inputs)) + "." + strconv.Itoa(j.done)
	j.sent, j.started, j.until = r, true, at+1
	j.done++
	return true
}

func (j *fetchJob) poll(s *Session) (kubectl.Result, bool) {
	o := s.cluster.Walk(j.sent, true)
	if !o.Done {
		j.until = o.Wait
		return kubectl.Result{}, false
	}
	res, next := j.client.take(s, j.sent, &o)
	j.client = next
	if res.Code == 0 && j.send(s) {
		return kubectl.Result{Stdout: res.Stdout, Stderr: res.Stderr}, false
	}
	return ended(res, j.in), true
}

// ended adds what kubectl says of a command in a container that failed.
func ended(res kubectl.Result, in bool) kubectl.Result {
	if in && res.Code != 0 {
		res.Stderr += "command terminated with exit code " + strconv.Itoa(res.Code) + "\n"
	}
	return res
}

// clients are the programs that use the network, by name.
var clients = map[string]func(args []string) (client, kubectl.Result){
	"curl": newCurl, "wget": newWget, "nslookup": newLookup,
}

// fetch runs such a program on the machine of the terminal.
func fetch(s *Session, in shell.Invocation) shell.Result {
	return s.start(s.begin(network.Place{}, in.Args, false))
}

// begin starts a client at a place.
func (s *Session) begin(from network.Place, argv []string, in bool) kubectl.Result {
	c, bad := clients[argv[0]](argv[1:])
	if c == nil {
		return ended(bad, in)
	}
	j := &fetchJob{client: c, sent: network.Request{From: from}, in: in}
	if !j.send(s) {
		return ended(bad, in)
	}
	return kubectl.Result{Job: j}
}

// target is what a URL asks for; false with the reason if it is none. Only http is spoken here.
func target(url string) (r network.Request, why string) {
	scheme, rest, ok := strings.Cut(url, "://")
	if !ok {
		scheme, rest = "http", url
	}
	if scheme != "http" {
		return r, "scheme"
	}
	host, path, _ := strings.Cut(rest, "/")
	r.Path, r.Port = "/"+path, 80
	host, number, colon := strings.Cut(host, ":")
	if colon {
		n, err := strconv.ParseUint(number, 10, 16)
		if err != nil {
			return r, "port"
		}
		r.Port = int32(n)
	}
	r.Host = host
	if host == "" {
		return r, "host"
	}
	return r, ""
}

func milliseconds64(d time.Duration) string { return strconv.FormatInt(int64(d/time.Millisecond), 10) }
