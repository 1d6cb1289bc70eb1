package playground

import (
	"strconv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/network"
	"github.com/slipway-dev/slipway/playground/kubectl"
)

const trafficUsage = `traffic: start URL [--from POD] [--rate N] [--timeout 3s] [--name NAME], stop NAME, list, log NAME [-n N], why NAME NUMBER
For example: traffic start http://web --from client --rate 20
`

// traffic starts, stops and shows streams of requests.
func traffic(s *Session, in shell.Invocation) shell.Result {
	args := in.Args[1:]
	verb := "list"
	if len(args) > 0 {
		verb, args = args[0], args[1:]
	}
	switch {
	case verb == "start" && len(args) > 0:
		return trafficStart(s, args)
	case verb == "stop" && len(args) == 1:
		if err := s.cluster.StopTraffic("", args[0]); err != nil {
			return complaint(err)
		}
		return shell.Result{Stdout: "traffic/" + args[0] + " stopped\n"}
	case verb == "list" && len(args) == 0:
		return trafficList(s)
	case verb == "log" && len(args) > 0:
		return trafficLog(s, args)
	case verb == "why" && len(args) == 2:
		return trafficWhy(s, args[0], args[1])
	}
	return shell.Result{Stderr: trafficUsage, Code: 2}
}

func complaint(err error) shell.Result {
	return shell.Result{Stderr: "traffic: " + strings.TrimPrefix(err.Error(), "orchestrate: ") + "\n", Code: 1}
}

// trafficFlags takes --name value and --name=value out of words.
func trafficFlags(args []string, known ...string) (words []string, flags map[string]string, bad string) {
	flags = map[string]string{}
	for i := 0; i < len(args); i++ {
		name, value, given := strings.Cut(args[i], "=")
		if !strings.HasPrefix(name, "-") {
			words = append(words, args[i])
			continue
		}
		is := false
		for _, k := range known {
			is = is || k == name
		}
		if !is || !given && i+1 == len(args) {
			return nil, nil, name
		}
		if !given {
			i++
			value = args[i]
		}
		flags[name] = value
	}
	return words, flags, ""
}

func trafficStart(s *Session, args []string) shell.Result {
	words, flags, bad := trafficFlags(args, "--from", "--rate", "--timeout", "--name", "-n", "--namespace")
	if bad != "" || len(words) != 1 {
		return shell.Result{Stderr: trafficUsage, Code: 2}
	}
	r, why := target(words[0])
	if why != "" {
		return shell.Result{Stderr: "traffic: " + words[0] + " is no URL that begins with http://\n", Code: 2}
	}
	t := api.Traffic{Host: r.Host, Port: r.Port, Path: r.Path, Gap: int64(time.Second) / 10, Timeout: int64(3 * time.Second)}
	t.Name, _, _ = strings.Cut(r.Host, ".")
	for _, flag := range []string{"--name", "--from", "--rate", "--timeout"} {
		value, given := flags[flag]
		if !given {
			continue
		}
		switch flag {
		case "--name":
			t.Name = value
		case "--from":
			t.FromPod = strings.TrimPrefix(value, "pod/")
		case "--rate":
			n, err := strconv.ParseFloat(strings.TrimSuffix(value, "/s"), 64)
			if err != nil || !(n >= 0.01 && n <= 1e6) { // which NaN is not
				return shell.Result{Stderr: "traffic: --rate is a number of requests a second, 0.01 at least, not " + value + "\n", Code: 2}
			}
			t.Gap = int64(float64(time.Second) / n)
		case "--timeout":
			d, ok := seconds(value)
			if !ok {
				return shell.Result{Stderr: "traffic: --timeout is a time such as 3s, not " + value + "\n", Code: 2}
			}
			t.Timeout = int64(d)
		}
	}
	if t.FromPod != "" {
		t.FromNamespace = "default"
		if n := flags["-n"] + flags["--namespace"]; n != "" {
			t.FromNamespace = n
		}
	}
	if err := s.cluster.StartTraffic("", t); err != nil {
		return complaint(err)
	}
	return shell.Result{Stdout: "traffic/" + t.Name + " started\n"}
}

// completeTraffic offers the words of traffic, and behind those that need one the name of a stream.
func (s *Session) completeTraffic(args []string, word string) []kubectl.Completion {
	switch {
	case len(args) == 1:
		return matching(word, []string{"list", "log", "start", "stop", "why"})
	case len(args) > 2 || args[1] == "start" || args[1] == "list":
		return nil
	}
	var names []string
	for _, t := range s.streams() {
		if args[1] != "stop" || t.End == 0 {
			names = append(names, t.Name)
		}
	}
	return matching(word, names)
}

// streams are the streams there are, by name.
func (s *Session) streams() []*api.Traffic {
	var all []*api.Traffic
	for _, o := range s.cluster.Snapshot().List(api.KindTraffic) {
		if t, ok := o.(*api.Traffic); ok {
			all = append(all, t)
		}
	}
	return all
}

func trafficList(s *Session) shell.Result {
	all := s.streams()
	if len(all) == 0 {
		return shell.Result{Stderr: "No traffic found.\n"}
	}
	rows := [][]string{{"NAME", "FROM", "TO", "RATE", "ENDED", "OK", "LOST", "LAST SECOND", "MEAN", "SLOWEST"}}
	for _, t := range all {
		rate := strconv.FormatInt(int64(time.Second)/t.Gap, 10) + "/s"
		if t.End != 0 {
			rate = "stopped"
		}
		mean := time.Duration(0)
		if t.Last.Ended > 0 {
			mean = time.Duration(t.Last.Took / t.Last.Ended)
		}
		rows = append(rows, []string{
			t.Name, place(t), address(t), rate, number(t.Total.Ended), number(t.Total.OK), number(t.Total.Ended - t.Total.OK),
			number(t.Last.OK) + "/" + number(t.Last.Ended), short(mean), short(time.Duration(t.Last.Slowest)),
		})
	}
	return shell.Result{Stdout: columns(rows)}
}

func place(t *api.Traffic) string {
	if t.FromPod == "" {
		return "outside"
	}
	return "pod/" + t.FromPod
}

func address(t *api.Traffic) string {
	text := t.Host
	if t.Port != 80 {
		text += ":" + number(int64(t.Port))
	}
	if t.Path != "/" {
		text += t.Path
	}
	return text
}

// short is a time to a tenth of a millisecond.
func short(d time.Duration) string { return d.Round(100 * time.Microsecond).String() }

// columns lays rows out as kubectl does: three spaces between.
func columns(rows [][]string) string {
	width := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			width[i] = max(width[i], len(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			if i == len(row)-1 {
				b.WriteString(cell + "\n")
				continue
			}
			b.WriteString(cell + strings.Repeat(" ", width[i]-len(cell)+3))
		}
	}
	return b.String()
}

// stream is the stream of this name; the complaint if there is none.
func (s *Session) stream(name string) (*api.Traffic, string) {
	o, _, ok := s.cluster.Snapshot().Get(api.KindTraffic, "", strings.TrimPrefix(name, "traffic/"))
	if t, isTraffic := o.(*api.Traffic); ok && isTraffic {
		return t, ""
	}
	return nil, "traffic: there is no traffic called " + name + "; traffic list shows those there are\n"
}

func trafficLog(s *Session, args []string) shell.Result {
	words, flags, bad := trafficFlags(args, "-n")
	if bad != "" || len(words) != 1 {
		return shell.Result{Stderr: trafficUsage, Code: 2}
	}
	t, why := s.stream(words[0])
	if t == nil {
		return shell.Result{Stderr: why, Code: 1}
	}
	most := 10
	if n, err := strconv.Atoi(flags["-n"]); err == nil && n > 0 {
		most = min(n, 1000)
	}
	rows := [][]string{{"NUMBER", "AT", "ENDPOINT", "RESULT", "TOOK"}}
	recent := network.Recent(t, most)
	for i := len(recent) - 1; i >= 0; i-- {
		r, o := s.cluster.TrafficRequest(t, recent[i])
		result := o.Result.String()
		if o.Result == network.Answered {
			result = strconv.Itoa(o.Status)
		}
		endpoint := o.Endpoint
		if endpoint == "" {
			endpoint = "<none>"
		}
		rows = append(rows, []string{number(recent[i]), clock(s, r.At), endpoint, result, short(o.Ended - r.At)})
	}
	return shell.Result{Stdout: columns(rows)}
}

// clock is a moment as the page's clock shows it, with thousandths.
func clock(s *Session, at time.Duration) string {
	thousandths := strconv.FormatInt(int64(at%time.Second/time.Millisecond)+1000, 10)
	return s.clock(at) + "." + thousandths[1:]
}

func trafficWhy(s *Session, name, text string) shell.Result {
	t, why := s.stream(name)
	if t == nil {
		return shell.Result{Stderr: why, Code: 1}
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || n >= t.Next {
		return shell.Result{Stderr: "traffic: requests of " + t.Name + " are numbered from 0 to " + number(t.Next-1) + "; traffic log " + t.Name + " shows the last\n", Code: 1}
	}
	r, o := s.cluster.TrafficRequest(t, n)
	rows := [][]string{{clock(s, r.At), place(t), "GET http://" + address(t)}}
	for _, h := range o.Hops {
		rows = append(rows, []string{clock(s, h.At), h.Where, h.What})
	}
	switch {
	case !o.Done:
		rows = append(rows, []string{clock(s, s.cluster.Now()), "", "still on its way"})
	case o.Result == network.Answered:
		rows = append(rows, []string{clock(s, o.Ended), place(t), "got " + strconv.Itoa(o.Status) + " after " + short(o.Ended-r.At)})
	default:
		rows = append(rows, []string{clock(s, o.Ended), place(t), "lost: " + o.Result.String() + " after " + short(o.Ended-r.At)})
	}
	return shell.Result{Stdout: columns(rows)}
}
