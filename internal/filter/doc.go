// Package filter has the small commands that read text and write text: grep, wc, head, tail, sort, uniq, cut, tr, seq and
// tee's kin, as busybox has them. They are pure: text and arguments in, text and a status out.
//
//	kubectl get pods | grep -v Running | sort | head -n 3
//	                     |                |       |
//	                  Call{Args, Stdin} -> Result{Stdout, Stderr, Code}
//
// The playground's shell and the model kernel's userland share them. Options that are rarely typed are missing, and are refused in
// busybox's words rather than ignored. Regular expressions are matched by an automaton of its own, in time that grows with the
// product of the lengths of pattern and text; back-references do not exist.
package filter
