package playground

import (
	"strconv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/network"
	"github.com/slipway-dev/slipway/playground/kubectl"
)

// wget is one command line of busybox's wget, whose texts it uses.
type wget struct {
	url    string
	quiet  bool
	output string
	most   time.Duration
	sent   bool
}

const wgetUsage = "Usage: wget [-q] [-O FILE] [-T SEC] URL\n"

func newWget(args []string) (client, kubectl.Result) {
	w := &wget{}
	usage := kubectl.Result{Stderr: wgetUsage, Code: 1}
	for i := 0; i < len(args); i++ {
		word := args[i]
		switch {
		case word == "--spider", word == "-S":
		case strings.HasPrefix(word, "--timeout="):
			d, ok := seconds(word[len("--timeout="):])
			if !ok {
				return nil, usage
			}
			w.most = d
		case len(word) > 1 && word[0] == '-':
			rest := strings.TrimPrefix(word[1:], "q")
			w.quiet = w.quiet || rest != word[1:]
			if rest == "" {
				continue
			}
			value := rest[1:]
			if value == "" && i+1 < len(args) {
				i++
				value = args[i]
			}
			switch rest[0] {
			case 'O':
				w.output = value
			case 'T':
				d, ok := seconds(value)
				if !ok {
					return nil, kubectl.Result{Stderr: "wget: invalid number '" + value + "'\n", Code: 1}
				}
				w.most = d
			default:
				return nil, kubectl.Result{Stderr: "wget: unrecognized option: " + rest[:1] + "\n" + wgetUsage, Code: 1}
			}
		default:
			w.url = word
		}
	}
	if w.url == "" {
		return nil, usage
	}
	if _, why := target(w.url); why != "" {
		return nil, kubectl.Result{Stderr: "wget: not an http or ftp url: " + w.url + "\n", Code: 1}
	}
	return w, kubectl.Result{}
}

func (w *wget) request() (network.Request, bool) {
	if w.sent {
		return network.Request{}, false
	}
	r, _ := target(w.url)
	r.Max = w.most
	return r, true
}

func (w *wget) take(s *Session, r network.Request, o *network.Outcome) (kubectl.Result, client) {
	next := *w
	next.sent = true
	return w.show(s, r, o), &next
}

// show is what wget prints at the end of its request.
func (w *wget) show(s *Session, r network.Request, o *network.Outcome) kubectl.Result {
	var res kubectl.Result
	if !w.quiet && o.Address != "" {
		res.Stderr = "Connecting to " + r.Host + " (" + o.Address + ":" + strconv.Itoa(int(r.Port)) + ")\n"
	}
	if why := wgetEnd(r, o); why != "" {
		res.Stderr += "wget: " + why + "\n"
		res.Code = 1
		return res
	}
	switch {
	case w.output == "-":
		if !w.quiet {
			res.Stderr += "writing to stdout\n-                    100% |********************************|" + pad(strconv.Itoa(len(o.Body)), 6) +
				"  0:00:00 ETA\nwritten to stdout\n"
		}
		res.Stdout = o.Body
	default:
		name := w.output
		if name == "" {
			name = "index.html"
		}
		if !w.quiet {
			res.Stderr += "saving to '" + name + "'\n" + name + strings.Repeat(" ", max(1, 21-len(name))) + "100% |********************************|" +
				pad(strconv.Itoa(len(o.Body)), 6) + "  0:00:00 ETA\n'" + name + "' saved\n"
		}
		if r.From.Pod == "" && name != "/dev/null" {
			if err := s.WriteFile(name, []byte(o.Body), false); err != nil {
				return kubectl.Result{Stderr: res.Stderr + "wget: can't open '" + name + "': " + err.Error() + "\n", Code: 1}
			}
		}
	}
	return res
}

func pad(text string, width int) string { return strings.Repeat(" ", max(0, width-len(text))) + text }

// wgetEnd is what wget complains of; "" if it got its page.
func wgetEnd(r network.Request, o *network.Outcome) string {
	cannot := "can't connect to remote host (" + o.Address + "): "
	switch o.Result {
	case network.Answered:
		if o.Status >= 400 {
			return "server returned error: HTTP/1.1 " + strconv.Itoa(o.Status) + " " + statusText(o.Status)
		}
		return ""
	case network.NotResolved:
		return "bad address '" + r.Host + "'"
	case network.Refused:
		return cannot + "Connection refused"
	case network.NoRoute:
		return cannot + "No route to host"
	case network.ConnectLost:
		return cannot + "Connection timed out"
	case network.TimedOut:
		return "download timed out"
	}
	return "error getting response"
}

// lookup is nslookup of busybox: it asks DNS and connects to nothing.
type lookup struct {
	name string
	done bool
}

func newLookup(args []string) (client, kubectl.Result) {
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return nil, kubectl.Result{Stderr: "Usage: nslookup HOST\n", Code: 1}
	}
	return &lookup{name: args[0]}, kubectl.Result{}
}

func (l *lookup) request() (network.Request, bool) {
	return network.Request{Host: l.name, Port: 80, Max: time.Nanosecond}, !l.done
}

func (l *lookup) take(s *Session, r network.Request, _ *network.Outcome) (kubectl.Result, client) {
	return l.show(s, r), &lookup{l.name, true}
}

func (l *lookup) show(s *Session, r network.Request) kubectl.Result {
	a := s.cluster.Lookup(r.From, r.At, l.name)
	text := "Server:\t\t" + network.DNSAddress + "\nAddress:\t" + network.DNSAddress + ":53\n\n"
	switch {
	case a.CNAME != "":
		return kubectl.Result{Stdout: text + a.Name + "\tcanonical name = " + a.CNAME + "\n\n"}
	case a.Name == "":
		return kubectl.Result{Stdout: text + "** server can't find " + a.Tried[0] + ": NXDOMAIN\n\n", Code: 1}
	}
	for _, record := range a.Records {
		text += "Name:\t" + a.Name + "\nAddress: " + record.Address + "\n"
	}
	return kubectl.Result{Stdout: text + "\n"}
}
