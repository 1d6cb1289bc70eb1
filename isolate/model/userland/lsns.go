package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/isolate/model"
)

// nsRow is a namespace with the processes that are in it.
type nsRow struct {
	kind  string
	ino   int64
	pids  []int
	first task
}

// nsOrder is the order in which lsns looks at a process' namespaces.
var nsOrder = []string{"mnt", "net", "pid", "uts", "ipc", "user", "cgroup", "time"}

func lsns(c *cmd) int {
	f, status := c.parse(options{plain: "nJlrWuPT", valued: "optT", usage: "Try 'lsns --help' for more information.\n", long: map[string]string{"noheadings": "n", "output": "o=", "task": "p=", "type": "t=", "list": "l", "raw": "r", "notruncate": "u"}})
	if status != 0 {
		return status
	}
	columns := []string{"NS", "TYPE", "NPROCS", "PID", "USER", "COMMAND"}
	if f.has('o') {
		columns = strings.Split(f.values['o'], ",")
	}
	rows := c.namespaces(f)
	if f.has('p') && len(rows) == 0 {
		c.say("lsns: failed to find namespaces for process ", f.values['p'], "\n")
		return 1
	}
	if len(f.rest) > 0 {
		return c.nsProcesses(rows, f)
	}
	var table [][]string
	for _, r := range rows {
		if !f.has('t') || contains2(f.list['t'], r.kind) {
			table = append(table, c.nsCells(r, columns))
		}
	}
	c.columns(columns, map[string]bool{"NS": true, "NPROCS": true, "PID": true, "PPID": true, "UID": true, "NETNSID": true}, table, !f.has('n'), f.has('r'))
	return 0
}

// namespaces are those that have processes, by number; with -p those of one process.
func (c *cmd) namespaces(f flags) []nsRow {
	var rows []nsRow
	of := map[int64]bool{}
	for _, t := range c.tasks() {
		for _, kind := range nsOrder {
			link, e := c.Readlink("/proc/" + itoa(t.pid) + "/ns/" + kind)
			if e != model.OK {
				continue
			}
			_, num, _ := strings.Cut(strings.TrimSuffix(link, "]"), "[")
			ino := int64(0)
			for i := range len(num) {
				ino = ino*10 + int64(num[i]-'0')
			}
			if f.has('p') && t.pid == atoi(f.values['p']) {
				of[ino] = true
			}
			found := false
			for i := range rows {
				if rows[i].ino == ino {
					rows[i].pids = append(rows[i].pids, t.pid)
					found = true
				}
			}
			if !found {
				rows = append(rows, nsRow{kind, ino, []int{t.pid}, t})
			}
		}
	}
	sorting.Stable(rows, func(a, b nsRow) int { return sign(a.ino - b.ino) })
	if !f.has('p') {
		return rows
	}
	var mine []nsRow
	for _, r := range rows {
		if of[r.ino] {
			mine = append(mine, r)
		}
	}
	return mine
}

func (c *cmd) nsCells(r nsRow, columns []string) []string {
	var cells []string
	for _, col := range columns {
		cells = append(cells, map[string]string{"NS": itoa64(r.ino), "TYPE": r.kind, "NPROCS": itoa(len(r.pids)), "PID": itoa(r.first.pid), "PPID": itoa(r.first.ppid),
			"UID": itoa(int(r.first.uid)), "USER": c.nameOr(r.first.uid), "COMMAND": r.first.args, "PATH": "/proc/" + itoa(r.first.pid) + "/ns/" + r.kind}[strings.ToUpper(col)])
	}
	return cells
}

// nsProcesses lists the processes of one namespace.
func (c *cmd) nsProcesses(rows []nsRow, f flags) int {
	for _, r := range rows {
		if itoa64(r.ino) != f.rest[0] {
			continue
		}
		var table [][]string
		for _, pid := range r.pids {
			if t, ok := c.task(pid); ok {
				table = append(table, []string{itoa(t.pid), itoa(t.ppid), c.nameOr(t.uid), t.args})
			}
		}
		c.columns([]string{"PID", "PPID", "USER", "COMMAND"}, map[string]bool{"PID": true, "PPID": true}, table, !f.has('n'), f.has('r'))
		return 0
	}
	c.say("lsns: not found namespace: ", f.rest[0], "\n")
	return 1
}
