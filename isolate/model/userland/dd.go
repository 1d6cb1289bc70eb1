package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

// dd copies blocks.
func dd(c *cmd) int {
	o := map[string]string{"bs": "512", "count": "-1", "skip": "0", "seek": "0"}
	for _, a := range c.args {
		name, value, ok := strings.Cut(a, "=")
		if !ok {
			c.say(usageOf("dd", "[if=FILE] [of=FILE] [bs=N] [count=N] [skip=N] [seek=N]"))
			return 1
		}
		o[name] = value
	}
	in, out := 0, 1
	var e model.Errno
	if o["if"] != "" {
		if in, e = c.Open(o["if"], model.ReadOnly, 0); e != model.OK {
			return c.die("can't open '", o["if"], "': ", e.Text())
		}
	}
	bs := sized(o["bs"])
	if o["of"] != "" {
		flags := model.WriteOnly | model.Create
		if !strings.Contains(o["conv"], "notrunc") && o["seek"] == "0" {
			flags |= model.Truncate
		}
		if out, e = c.Open(o["of"], flags, 0o666); e != model.OK {
			return c.die("can't open '", o["of"], "': ", e.Text())
		}
		c.Seek(out, int64(bs*sized(o["seek"])), 0)
	}
	if n := sized(o["skip"]); n > 0 {
		if _, e := c.Seek(in, int64(bs*n), 0); e != model.OK {
			for range n {
				c.Read(in, bs)
			}
		}
	}
	return c.ddCopy(in, out, bs, o)
}

func (c *cmd) ddCopy(in, out, bs int, o map[string]string) int {
	count := -1
	if o["count"] != "-1" {
		count = sized(o["count"])
	}
	whole, part, wrote, wholeOut := 0, 0, 0, 0
	status := 0
	for n := 0; count < 0 || n < count; n++ {
		data, e := c.Read(in, bs)
		if e != model.OK {
			status = c.die("'", o["if"], "': ", e.Text())
			break
		}
		if len(data) == 0 {
			break
		}
		if len(data) == bs {
			whole++
		} else {
			part++
		}
		if e := c.writeAll(out, data); e != model.OK {
			to := o["of"]
			if to == "" {
				to = "standard output"
			}
			c.err("error writing '", to, "': ", e.Text())
			status = 1
			break
		}
		wrote += len(data)
		if len(data) == bs {
			wholeOut++
		}
	}
	if o["status"] != "none" {
		c.say(itoa(whole), "+", itoa(part), " records in\n", itoa(wholeOut), "+", itoa(part), " records out\n")
		if o["status"] != "noxfer" && status == 0 {
			c.say(itoa(wrote), " bytes (", ddSize(wrote), ") copied, 0.000100 seconds, 9.5GB/s\n")
		}
	}
	return status
}

func ddSize(n int) string { return human(int64(n)) + "B" }
