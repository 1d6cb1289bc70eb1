package playground

import "github.com/slipway-dev/slipway/internal/shell"

func help(*Session, shell.Invocation) shell.Result {
	return shell.Result{Stdout: `kubectl     talk to the cluster: kubectl --help
why         why is an object as it is: why pod/web
fault       break something, and mend it: fault node-down node-1 (fault alone lists what can be broken)
watch       run a command again and again: watch kubectl get pods (Ctrl-C ends it)
undo, redo  take back the last line that changed something, bring it back
at          look at a moment: at 02:00:05, at -30s; live: back to the present; fork: go on from there
compare     what changed between two moments: compare 02:00:05 02:01:00
curl, wget  ask a web server, from this machine: curl http://node-1:30080, or from a pod: kubectl exec POD -- curl http://web
traffic     a stream of requests: traffic start http://web --from POD --rate 20; list, log, why, stop
cat, cut, grep, head, seq, sort, tail, tr, uniq, wc, xargs
date, echo, history, ls, printf, rm, sleep, tee, true, false

You can paste a whole manifest; it is applied. Pipes, redirection, here-documents, variables, $(commands), for, while,
if and case work as in any shell.
`}
}

const machineHelp = `This is a shell on a small Linux machine: a model of one, in this page. ls /bin lists its commands.

undo, redo  take the last line back, bring it back
at          look at a moment: at 10:30:05, at -30s; live: back to the present; fork: go on from there
Ctrl-C      ends what runs; Ctrl-D ends a shell in a shell
`
