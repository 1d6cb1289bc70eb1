package playground

import (
	"strconv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/internal/replace"
	"github.com/slipway-dev/slipway/orchestrate/network"
	"github.com/slipway-dev/slipway/playground/kubectl"
)

// curl is one command line of curl 7.88, whose texts and exit codes it uses.
type curl struct {
	urls                                   []string
	silent, showError, fail, include, head bool
	verbose                                bool
	output, format                         string
	connect, most                          time.Duration
}

const curlHelp = "curl: try 'curl --help' or 'curl --manual' for more information\n"

// curlFlags are those that take a value; the long names stand for the short ones.
var curlLong = map[string]string{
	"--silent": "-s", "--show-error": "-S", "--fail": "-f", "--include": "-i", "--head": "-I", "--verbose": "-v", "--output": "-o",
	"--write-out": "-w", "--max-time": "-m", "--location": "-L", "--insecure": "-k", "--request": "-X", "--header": "-H", "--user-agent": "-A",
}

func newCurl(args []string) (client, kubectl.Result) {
	c := &curl{}
	for i := 0; i < len(args); i++ {
		word := args[i]
		if len(word) < 2 || word[0] != '-' {
			c.urls = append(c.urls, word)
			continue
		}
		long, value, given := strings.Cut(word, "=")
		if short, ok := curlLong[long]; ok {
			word = short
		} else if strings.HasPrefix(word, "--") && long != "--connect-timeout" {
			return nil, kubectl.Result{Stderr: "curl: option " + word + ": is unknown\n" + curlHelp, Code: 2}
		}
		for at := 1; at < len(word); at++ {
			letter := word[at]
			if long == "--connect-timeout" {
				letter, at = 'c', len(word)
			}
			if strings.IndexByte("owmXHAc", letter) < 0 {
				if !c.letter(letter) {
					return nil, kubectl.Result{Stderr: "curl: option " + word + ": is unknown\n" + curlHelp, Code: 2}
				}
				continue
			}
			switch {
			case given:
			case at+1 < len(word):
				value = word[at+1:]
			case i+1 < len(args):
				i++
				value = args[i]
			default:
				return nil, kubectl.Result{Stderr: "curl: option " + word + ": requires parameter\n" + curlHelp, Code: 2}
			}
			if !c.value(letter, value) {
				return nil, kubectl.Result{Stderr: "curl: option " + word + ": expected a proper numerical parameter\n" + curlHelp, Code: 2}
			}
			break
		}
	}
	if len(c.urls) == 0 {
		return nil, kubectl.Result{Stderr: curlHelp, Code: 2}
	}
	for _, u := range c.urls {
		if _, why := target(u); why != "" {
			return nil, c.badURL(u, why)
		}
	}
	return c, kubectl.Result{}
}

func (c *curl) badURL(u, why string) kubectl.Result {
	if why == "scheme" {
		scheme, _, _ := strings.Cut(u, "://")
		return c.failed(1, `Protocol "`+scheme+`" not supported or disabled in libcurl`)
	}
	return c.failed(3, "URL using bad/illegal format or missing URL")
}

// letter sets a flag without a value.
func (c *curl) letter(b byte) bool {
	switch b {
	case 's':
		c.silent = true
	case 'S':
		c.showError = true
	case 'f':
		c.fail = true
	case 'i':
		c.include = true
	case 'I':
		c.head = true
	case 'v':
		c.verbose = true
	case 'L', 'k', 'g', '4':
	default:
		return false
	}
	return true
}

// value sets a flag that has one.
func (c *curl) value(b byte, text string) bool {
	switch b {
	case 'o':
		c.output = text
	case 'w':
		c.format = text
	case 'm', 'c':
		d, ok := seconds(text)
		if b == 'm' {
			c.most = d
		} else {
			c.connect = d
		}
		return ok
	}
	return true
}

func (c *curl) request() (network.Request, bool) {
	if len(c.urls) == 0 {
		return network.Request{}, false
	}
	r, _ := target(c.urls[0])
	r.Connect, r.Max = c.connect, c.most
	return r, true
}

func (c *curl) take(s *Session, r network.Request, o *network.Outcome) (kubectl.Result, client) {
	next := *c
	next.urls = c.urls[1:]
	return c.show(s, r, o), &next
}

// show is what curl prints at the end of a request.
func (c *curl) show(s *Session, r network.Request, o *network.Outcome) kubectl.Result {
	var out strings.Builder
	res := kubectl.Result{}
	if c.verbose {
		res.Stderr = curlStory(r, o)
	}
	code, why := curlEnd(r, o, c.connect)
	if code == 0 && c.fail && o.Status >= 400 {
		code, why = 22, "The requested URL returned error: "+strconv.Itoa(o.Status)
	}
	if code == 0 {
		if c.include || c.head {
			out.WriteString(headers(o))
		}
		if !c.head {
			out.WriteString(o.Body)
		}
	}
	res.Stdout = out.String()
	if c.output != "" {
		if c.output != "/dev/null" && code == 0 {
			if err := s.WriteFile(c.output, []byte(res.Stdout), false); err != nil {
				code, why = 23, "Failure writing output to destination"
			}
		}
		res.Stdout = ""
	}
	if code != 0 {
		failed := c.failed(code, why)
		res.Stderr += failed.Stderr
		res.Code = failed.Code
	}
	res.Stdout += c.written(r, o, code)
	return res
}

// failed is how curl ends in an error.
func (c *curl) failed(code int, why string) kubectl.Result {
	res := kubectl.Result{Code: code}
	if !c.silent || c.showError {
		res.Stderr = "curl: (" + strconv.Itoa(code) + ") " + why + "\n"
	}
	return res
}

// curlEnd is curl's exit code and text for how a request ended.
func curlEnd(r network.Request, o *network.Outcome, connect time.Duration) (int, string) {
	took := milliseconds64(o.Ended - r.At)
	failed := "Failed to connect to " + r.Host + " port " + strconv.Itoa(int(r.Port)) + " after " + took + " ms: "
	switch o.Result {
	case network.Answered:
		return 0, ""
	case network.NotResolved:
		return 6, "Could not resolve host: " + r.Host
	case network.Refused, network.NoRoute:
		return 7, failed + "Couldn't connect to server"
	case network.ConnectLost:
		if connect > 0 {
			return 28, failed + "Timeout was reached"
		}
		return 28, failed + "Couldn't connect to server"
	case network.TimedOut:
		switch {
		case o.Connected > 0:
			return 28, "Operation timed out after " + took + " milliseconds with 0 bytes received"
		case o.Address == "":
			return 28, "Resolving timed out after " + took + " milliseconds"
		}
		return 28, "Connection timed out after " + took + " milliseconds"
	}
	return 52, "Empty reply from server"
}

// headers are the first lines of an answer.
func headers(o *network.Outcome) string {
	return "HTTP/1.1 " + strconv.Itoa(o.Status) + " " + statusText(o.Status) + "\r\nContent-Length: " + strconv.Itoa(len(o.Body)) + "\r\n\r\n"
}

func statusText(code int) string {
	switch code {
	case 200:
		return "OK"
	case 301:
		return "Moved Permanently"
	case 302:
		return "Found"
	case 403:
		return "Forbidden"
	case 404:
		return "Not Found"
	case 500:
		return "Internal Server Error"
	case 502:
		return "Bad Gateway"
	case 503:
		return "Service Unavailable"
	case 504:
		return "Gateway Timeout"
	}
	return ""
}

// curlStory is what -v tells.
func curlStory(r network.Request, o *network.Outcome) string {
	port := strconv.Itoa(int(r.Port))
	if o.Address == "" {
		return "* Could not resolve host: " + r.Host + "\n* Closing connection 0\n"
	}
	text := "*   Trying " + o.Address + ":" + port + "...\n"
	if o.Connected == 0 {
		if o.Result == network.Refused {
			text += "* connect to " + o.Address + " port " + port + " failed: Connection refused\n"
		}
		if o.Result == network.NoRoute {
			text += "* connect to " + o.Address + " port " + port + " failed: No route to host\n"
		}
		return text + "* Closing connection 0\n"
	}
	host := r.Host
	if r.Port != 80 {
		host += ":" + port
	}
	text += "* Connected to " + r.Host + " (" + o.Address + ") port " + port + " (#0)\n> GET " + r.Path + " HTTP/1.1\n> Host: " + host +
		"\n> User-Agent: curl/7.88.1\n> Accept: */*\n> \n"
	if o.Result == network.Answered {
		for line := range strings.SplitSeq(strings.TrimSuffix(headers(o), "\n"), "\n") {
			text += "< " + strings.TrimSuffix(line, "\r") + "\n"
		}
		return text + "* Connection #0 to host " + r.Host + " left intact\n"
	}
	return text + "* Closing connection 0\n"
}

// written is what -w prints.
func (c *curl) written(r network.Request, o *network.Outcome, code int) string {
	if c.format == "" {
		return ""
	}
	since := func(t time.Duration) string {
		if t == 0 {
			return "0.000000"
		}
		micro := strconv.FormatInt(int64((t-r.At)/time.Microsecond)+1_000_000_000, 10) // keeps leading zeros
		n := len(micro) - 6
		whole, _ := strconv.ParseInt(micro[:n], 10, 64)
		return strconv.FormatInt(whole-1000, 10) + "." + micro[n:]
	}
	status := strconv.Itoa(o.Status)
	if o.Status == 0 {
		status = "000"
	}
	return replace.All(c.format,
		"%{http_code}", status, "%{response_code}", status, "%{time_total}", since(o.Ended), "%{time_connect}", since(o.Connected),
		"%{time_namelookup}", since(o.Resolved), "%{remote_ip}", o.Address, "%{exitcode}", strconv.Itoa(code),
		"%{size_download}", strconv.Itoa(len(o.Body)), `\n`, "\n", `\t`, "\t", "%%", "%",
	)
}
