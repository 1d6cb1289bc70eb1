// Package shell reads command lines the way a POSIX shell reads them, and says exactly where one goes wrong.
//
//	"kubectl get po | wc -l"  --Parse-->  Script  --Exec-->  Runner (the programs and files of whoever calls)
//	                             |          |
//	                       *SyntaxError   Expand: words become arguments
//
// It knows quotes, escapes, comments, variables ($X, ${X}, $?), pipes, redirection (<, >, >>, 2>, 2>&1), here-documents
// (<<EOF, <<'EOF', <<-EOF), &&, ||, !, ; and input of many lines. It runs no program itself: an Exec walks a script
// and asks a Runner for each command. A command may wait for virtual time; the Exec then stops, is plain data that a
// checkpoint can copy, and goes on when it is told how the command ended. No goroutine is involved.
//
// Missing on purpose, each with an error that says so: command substitution, loops and conditions, functions, subshells,
// background jobs, arithmetic, ${X:-default}. Missing silently: file-name patterns and ~ stand for themselves, as they
// do in a shell when no file matches.
package shell
