package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

func ping(c *cmd) int {
	f, status := c.parse(options{plain: "qnv46A", valued: "cWwstIip"})
	if status != 0 {
		return status
	}
	if len(f.rest) == 0 {
		c.say(usageOf("ping", "[OPTIONS] HOST"))
		return 1
	}
	host := f.rest[0]
	dst, ok := c.resolve(host)
	if !ok {
		return c.die("bad address '", host, "'")
	}
	c.put("PING ", host, " (", dst.String(), "): 56 data bytes\n")
	c.flush()
	if e := c.RawSocket(); e != model.OK {
		return c.die("permission denied (are you root?)")
	}
	count, wait := -1, int64(10)
	if f.has('c') {
		count = atoi(f.values['c'])
	}
	if f.has('W') {
		wait = int64(atoi(f.values['W']))
	}
	return c.pings(host, dst, count, wait, f.has('q'))
}

func (c *cmd) pings(host string, dst model.IP, count int, wait int64, quiet bool) int {
	sent, received := 0, 0
	for seq := 0; count < 0 || seq < count; seq++ {
		echo, e := c.Ping(dst, 64)
		if e != model.OK {
			return c.die("sendto: ", e.Text())
		}
		sent++
		if echo.Answered {
			received++
			c.Spend(50_000)
			if !quiet {
				c.put("64 bytes from ", echo.From.String(), ": seq=", itoa(seq), " ttl=", itoa(echo.TTL), " time=0.050 ms\n")
				c.flush()
			}
		}
		if seq == count-1 {
			if !echo.Answered {
				c.Sleep(wait * 1_000_000_000)
			}
			break
		}
		c.Sleep(1_000_000_000)
	}
	c.put("\n--- ", host, " ping statistics ---\n", itoa(sent), " packets transmitted, ", itoa(received), " packets received, ",
		itoa((sent-received)*100/max(1, sent)), "% packet loss\n")
	if received > 0 {
		c.put("round-trip min/avg/max = 0.050/0.050/0.050 ms\n")
	}
	return boolStatus(received > 0)
}

// resolve reads an address, or finds it in /etc/hosts.
func (c *cmd) resolve(host string) (model.IP, bool) {
	if ip, ok := parseIP(host); ok {
		return ip, true
	}
	text, _ := c.readFile("/etc/hosts")
	for _, l := range strings.Split(text, "\n") {
		if f := strings.Fields(l); len(f) > 1 && contains2(f[1:], host) {
			return parseIP(f[0])
		}
	}
	return 0, false
}

func parseIP(text string) (model.IP, bool) {
	parts := strings.Split(text, ".")
	if len(parts) != 4 {
		return 0, false
	}
	ip := model.IP(0)
	for _, p := range parts {
		n, ok := number(p)
		if !ok || n > 255 {
			return 0, false
		}
		ip = ip<<8 | model.IP(n)
	}
	return ip, true
}
