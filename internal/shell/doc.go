// Package shell reads command lines the way a POSIX shell reads them, and says exactly where one goes wrong.
//
//	"kubectl get po | wc -l"  --Parse-->  Script  --Exec-->  Runner (the programs and files of whoever calls)
//	                             |          |
//	                       *SyntaxError   Expand: words become arguments
//
// It knows quotes, escapes, comments, variables ($X, ${X:-default}, ${X%pattern}, ${#X}, $?), $(command) and backticks, $((sums)), pipes,
// redirection (<, >, >>, 2>, 2>&1), here-documents (<<EOF, <<'EOF', <<-EOF), &&, ||, !, ;, { groups; }, (subshells), for, while, until,
// if and case, and the commands that belong to a shell: break, continue, exit, export, read, test, unset.
//
// It runs no program itself: an Exec walks a script and asks a Runner for each command. A command may wait for virtual
// time, also in the middle of a loop; the Exec then stops, is plain data that a checkpoint can copy, and goes on when it is told how the
// command ended. No goroutine is involved. The commands of a pipe run one after the other, each with all that the one before it wrote. A
// script that never waits is stopped after [MaxCommands].
//
// Missing on purpose, each with an error that says so: functions, background jobs, <<<, descriptors above 2. Missing
// silently: file-name patterns and ~ stand for themselves, as they do in a shell when no file matches.
//
// Source: POSIX.1-2024, Shell Command Language.
package shell
