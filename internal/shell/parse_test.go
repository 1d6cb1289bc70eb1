package shell

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// bare is a script without offsets and input, so that scripts can be compared by meaning. It changes what it is given.
func bare(s *Script) *Script {
	s.Input = ""
	bareLists(s.Lists)
	return s
}

func bareLists(lists []List) {
	for _, l := range lists {
		for _, p := range l.Pipelines {
			for i := range p.Commands {
				bareCommand(&p.Commands[i])
			}
		}
	}
}

func bareCommand(c *Command) {
	c.Pos, c.End = 0, 0
	for i := range c.Assigns {
		c.Assigns[i].Pos = 0
		bareWord(&c.Assigns[i].Value)
	}
	bareWords(c.Words)
	for i := range c.Redirects {
		r := &c.Redirects[i]
		r.Pos = 0
		bareWord(&r.Target)
		if r.Here != nil {
			bareWord(&r.Here.Body)
		}
	}
	if k := c.Compound; k != nil {
		bareWords(k.Items)
		bareLists(k.Else)
		for _, clause := range k.Clauses {
			bareLists(clause.Cond)
			bareLists(clause.Body)
			bareWords(clause.Patterns)
		}
	}
}

func bareWords(words []Word) {
	for i := range words {
		bareWord(&words[i])
	}
}

func bareWord(w *Word) {
	w.Pos, w.End = 0, 0
	for i := range w.Parts {
		p := &w.Parts[i]
		p.Pos = 0
		if p.Sub != nil {
			bare(p.Sub)
		}
		for _, inner := range []*Word{p.Arg, p.Sum} {
			if inner != nil {
				bareWord(inner)
			}
		}
	}
}

// TestParseFull reads what only a shell with processes has.
func TestParseFull(t *testing.T) {
	s, err := ParseFull("sleep 1 & f() { echo $-; } 6<&-; cat <>x 3>&2 & wait")
	require.NoError(t, err)
	require.Len(t, s.Lists, 4)
	require.True(t, s.Lists[0].Background)
	f := s.Lists[1].Pipelines[0].Commands[0]
	require.Equal(t, Function, f.Compound.Kind)
	require.Equal(t, "f", f.Compound.Name)
	r := s.Lists[2].Pipelines[0].Commands[0].Redirects
	require.Equal(t, []RedirectOp{ReadWrite, Duplicate}, []RedirectOp{r[0].Op, r[1].Op})
	require.Equal(t, 3, r[1].FD)
	for _, text := range []string{"a & b", "f() { a; }", "a 6<&-", "a <>b"} {
		_, err := Parse(text)
		require.Error(t, err, "a shell without processes refuses %s", text)
	}
}

func TestParsePrintsCanonically(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"words and blanks", "kubectl   get\tpods ", "kubectl get pods\n"},
		{"nothing", " \n\t # only a comment\n", ""},
		{"comment behind", "echo a#b # c", "echo a#b\n"},
		{"quotes", `echo 'a b' "c $X d" e\ f ""`, "echo 'a b' \"c ${X} d\" e\\ f \"\"\n"},
		{"quotes side by side", `a'b'"c"\d$E`, "a'b'\"c\"\\d${E}\n"},
		{"joined double quotes", `"a""b" "$X""" """$Y"`, "\"ab\" \"${X}\" \"${Y}\"\n"},
		{"jsonpath", `kubectl get po -o jsonpath={.items[*].metadata.name}`, "kubectl get po -o jsonpath={.items[*].metadata.name}\n"},
		{"jsonpath in quotes", `kubectl get po -o jsonpath='{range .items[*]}{.metadata.name}{"\n"}{end}'`,
			"kubectl get po -o jsonpath='{range .items[*]}{.metadata.name}{\"\\n\"}{end}'\n"},
		{"pipe and lists", "a|b && c||! d;e", "a | b && c || ! d\ne\n"},
		{"lists over lines", "a &&\n\n  b |\n# why\nc\nd", "a && b | c\nd\n"},
		{"continued line", "kubectl \\\n  get \\\npods", "kubectl get pods\n"},
		{"continued word", "get\\\nter", "getter\n"},
		{"assignments", `X=1 Y="a b" Z= cmd A=2`, "X=1 Y=\"a b\" Z= cmd A=2\n"},
		{"redirections", "a >x 2>>y <z 2>&1 >&2 1>w", "a >x 2>>y <z 2>&1 >&2 >w\n"},
		{"redirections in front", ">x a b", "a b >x\n"},
		{"a number is no stream behind a blank", "echo 2 >x", "echo 2 >x\n"},
		{"lone dollar", `echo $ a$ "$" $$`, "echo \\$ a\\$ \"\\$\" ${$}\n"},
		{"positional", "echo $12", "echo ${1}2\n"},
		{"heredoc", "cat <<EOF >f\na: $X \\$Y \\\\ \"q\" \\n\nEOF\necho", "cat <<EOF >f\na: ${X} \\$Y \\\\ \"q\" \\\\n\nEOF\necho\n"},
		{"heredoc without expansion", "cat <<'EOF'\n$X `a` \\\nEOF\n", "cat <<'EOF'\n$X `a` \\\nEOF\n"},
		{"heredoc without tabs", "cat <<-EOF\n\ta\n\t\tb\n\tEOF\n", "cat <<-EOF\na\nb\nEOF\n"},
		{"two heredocs and a pipe", "a <<A | b <<B && c\n1\nA\n2\nB\nd", "a <<A | b <<B && c\n1\nA\n2\nB\nd\n"},
		{"empty heredoc", "cat <<EOF\nEOF", "cat <<EOF\nEOF\n"},
		{"continued heredoc line", "cat <<EOF\nEO\\\nF", "cat <<EOF\nEOF\n"},
		{"windows line ends", "cat <<EOF\r\na\r\nEOF\r\necho b\r\n", "cat <<EOF\na\nEOF\necho b\n"},
		{"for", "for x in a $Y 'b c'\ndo\n echo $x\n echo\ndone >f | wc", "for x in a ${Y} 'b c'; do echo ${x}; echo; done >f | wc\n"},
		{"while and until", "while true; do a; done; until [ $x = 1 ]\ndo b; done", "while true; do a; done\nuntil [ ${x} = 1 ]; do b; done\n"},
		{"if", "if a; then b; elif c || d\nthen e; else f; fi", "if a; then b; elif c || d; then e; else f; fi\n"},
		{"case", "case $x in a|'*') b; c;; (*) d\nesac", "case ${x} in a|'*') b; c;; *) d;; esac\n"},
		{"groups", "{ a; b; } >f; (c; (d))", "{ a; b; } >f\n(c; (d))\n"},
		{"substitutions", "echo $(a | b) \"x $(c)\" `d \\`e\\`` $( (f) )", "echo $( a | b) \"x $( c)\" $( d $( e)) $( (f))\n"},
		{"sums", "echo $(( 1 + $X * (2-y) ))", "echo $(( 1 + ${X} * (2-y) ))\n"},
		{"operators", "echo ${X:-a b} \"${Y%.*}\" ${#Z} ${W:=$(c)}", "echo ${X:-a b} \"${Y%.*}\" ${#Z} ${W:=$( c)}\n"},
		{"heredocs inside", "for x in a; do cat <<A; done | cat <<B\n1 $x\nA\n2\nB\n", "for x in a; do cat <<A; done | cat <<B\n1 ${x}\nA\n2\nB\n"},
		{"substitution in a heredoc", "cat <<E\na $(b 'c') d\nE\n", "cat <<E\na $( b 'c') d\nE\n"},
		{"vietnamese", "echo 'xin chào' Đà\\ Nẵng", "echo 'xin chào' Đà\\ Nẵng\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := Parse(c.in)
			require.NoError(t, err)
			require.Equal(t, c.want, s.String())
			checkRoundTrip(t, s)
		})
	}
}

func TestParseKeepsOffsets(t *testing.T) {
	in := "X=1 echo \"a $Y\" >f; cat <<-EOF\n\tone $Z\n\ttwo \\\n\tthree $W\n\tEOF\n"
	s, err := Parse(in)
	require.NoError(t, err)
	first, second := s.Lists[0].Pipelines[0].Commands[0], s.Lists[1].Pipelines[0].Commands[0]
	require.Equal(t, `X=1 echo "a $Y" >f`, in[first.Pos:first.End])
	require.Equal(t, `"a $Y"`, in[first.Words[1].Pos:first.Words[1].End])
	require.Equal(t, "$Y", in[first.Words[1].Parts[1].Pos:][:2])
	require.Equal(t, "1", in[first.Assigns[0].Value.Pos:first.Assigns[0].Value.End])
	require.Equal(t, "cat <<-EOF", in[second.Pos:second.End])
	body := second.Redirects[0].Here.Body
	require.Equal(t, "one ${Z}\ntwo three ${W}\n", body.text())
	require.Equal(t, "$Z", in[body.Parts[1].Pos:][:2])
	require.Equal(t, "$W", in[body.Parts[3].Pos:][:2])
	require.Equal(t, "EOF\n", in[body.End:])
}

// text prints a body for a test.
func (w Word) text() string {
	var b strings.Builder
	for _, p := range w.Parts {
		if p.Var {
			b.WriteString(p.expansion())
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestSyntaxErrors(t *testing.T) {
	for _, c := range []struct {
		name, in    string
		offset      int
		found, want string
		incomplete  bool
	}{
		{"open single quote", "echo 'a b", 5, "end of input", "a closing '", true},
		{"open double quote", `echo "a b`, 5, "end of input", `a closing "`, true},
		{"backslash at the end", `echo \`, 5, "end of input", "a character after the backslash", true},
		{"and at the end", "a &&", 4, "end of input", `a command after "&&"`, true},
		{"pipe at the end", "a | # why", 9, "end of input", `a command after "|"`, true},
		{"bang at the end", "!", 1, "end of input", `a command after "!"`, true},
		{"heredoc without its end", "cat <<EOF\nabc\n EOF", 4, "end of input", `the line "EOF" that ends the text`, true},
		{"heredoc without body", "cat <<EOF", 4, "end of input", `the line "EOF" that ends the text`, true},
		{"pipe first", "| a", 0, `"|"`, "a command", false},
		{"two pipes", "a | | b", 4, `"|"`, `a command after "|"`, false},
		{"or behind and", "a && || b", 5, `"||"`, `a command after "&&"`, false},
		{"semicolons", "a ;; b", 3, `";"`, "a command", false},
		{"background", "a & b", 2, `"&"`, `"&&", ";" or the end of the line`, false},
		{"both streams", "a &>f", 2, `"&"`, "a redirection", false},
		{"both streams down the pipe", "a |& b", 3, `"&"`, `a command after "|"`, false},
		{"function", "f() { a; }", 1, `"("`, "a word", false},
		{"open loop", "for x in a", 10, "end of input", `"do" after the "for" line`, true},
		{"loop without its end", "while a; do b", 0, "end of input", `"done" that closes "do"`, true},
		{"loop without a name", "for 1 in a; do b; done", 4, `"1"`, `the name of a variable after "for"`, false},
		{"loop without a body", "for x in a; do done", 15, `"done"`, `a command after "do"`, false},
		{"end of no loop", "echo a; done", 8, `"done"`, "a command", false},
		{"condition without then", "if a; fi", 6, `"fi"`, "a command", false},
		{"open condition", "if a; then b; else c", 0, "end of input", `"fi" that closes "else"`, true},
		{"words behind a loop", "for x in a; do b; done c", 23, `"c"`, "the end of the command", false},
		{"open subshell", "(a", 0, "end of input", `")" that closes "("`, true},
		{"closing nothing", "a )", 2, `")"`, "a word", false},
		{"empty subshell", "()", 1, `")"`, `a command after "("`, false},
		{"open substitution", "echo $(date", 5, "end of input", `")" that closes "$("`, true},
		{"error in a substitution", "echo \"$(a | | b)\"", 12, `"|"`, `a command after "|"`, false},
		{"open backticks", "echo \"`date\"", 6, "end of input", "a closing `", true},
		{"error in backticks", "echo `a | | b`", 5, `"|"`, `a command after "|"`, false},
		{"error in a heredoc", "cat <<-E\n\tx\n\ta $(b |)\nE\n", 20, `")"`, `a command after "|"`, false},
		{"open sum", "echo $((1+2)", 11, `")"`, `"))"`, false},
		{"case without a pattern", "case a in ) b;; esac", 10, `")"`, "a pattern", false},
		{"case without an end", "case a in b) c;;", 0, "end of input", `"esac" that closes "case"`, true},
		{"too deep", strings.Repeat("(", 60) + "a", 50, `"("`, "fewer commands inside one another", false},
		{"unknown operator", "echo ${X/a/b}", 8, `"/a/b}"`, `"}" after "X"`, false},
		{"no variable name", "echo ${}", 7, `"}"`, "the name of a variable", false},
		{"open brace", "echo ${X", 8, "end of input", `"}"`, true},
		{"redirection to nothing", "a > | b", 4, `"|"`, `a file name after ">"`, false},
		{"heredoc without a word", "a <<\nb", 4, "the end of the line", `a word that ends the text after "<<"`, false},
		{"here string", "a <<< b", 2, `"<<<"`, `"<", ">", ">>", "<<" or ">&"`, false},
		{"unknown stream", "a 3>f", 2, `"3"`, "a stream this redirection can have", false},
		{"writing to the input", "a 0>f", 2, `"0"`, "a stream this redirection can have", false},
		{"duplicating a file", "a >&f", 4, `"f"`, `1 or 2 after ">&"`, false},
		{"variable as the end of a heredoc", "a <<$X", 4, `"$X"`, "a plain word that ends the text", false},
		{"bang behind an assignment", "A=1 ! b", 4, `"!"`, "a command", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse(c.in)
			var e *SyntaxError
			require.ErrorAs(t, err, &e)
			require.Equal(t, c.offset, e.Offset)
			require.Equal(t, c.found, e.Found)
			require.Equal(t, c.want, e.Want)
			require.Equal(t, c.incomplete, e.Incomplete)
		})
	}
}

func TestSyntaxErrorShowsTheLine(t *testing.T) {
	_, err := Parse("echo 'xin chào'\n\techo Đà Nẵng | | wc\n")
	var e *SyntaxError
	require.ErrorAs(t, err, &e)
	require.Equal(t, `syntax error: line 2, column 17: found "|", want a command after "|"`, e.Error())
	require.Equal(t, "sh: syntax error: line 2, column 17: found \"|\", want a command after \"|\"\n"+
		"  \techo Đà Nẵng | | wc\n"+
		"  \t               ^\n", e.Caret())
}

// TestLongInputIsLinear would run for minutes if a word or a here-document cost more than its length.
func TestLongInputIsLinear(t *testing.T) {
	lines := strings.Repeat("a: $X \\$ b\n", 200_000)
	s, err := Parse("cat <<EOF\n" + lines + "EOF\n")
	require.NoError(t, err)
	require.Len(t, s.Lists[0].Pipelines[0].Commands[0].Redirects[0].Here.Body.Parts, 400_001)
	_, err = Parse("cat <<EOF\n" + strings.Repeat("$X\\\n", 200_000) + "\nEOF\n")
	require.NoError(t, err)
	_, err = Parse("echo " + strings.Repeat(`"\$"'a'`, 200_000))
	require.NoError(t, err)
}

// checkRoundTrip holds print∘parse to be a fixed point that changes nothing but offsets.
func checkRoundTrip(t *testing.T, s *Script) {
	t.Helper()
	again, err := Parse(s.String())
	require.NoError(t, err, "printed: %q", s.String())
	require.Equal(t, s.String(), again.String())
	original, err := Parse(s.Input)
	require.NoError(t, err)
	require.Equal(t, bare(original), bare(again))
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"kubectl run web --image=nginx", "a|b&&c||! d;e >f 2>&1", "cat <<'E' <<-F\n$x\nE\n\t$y\\\nz\n\tF\n",
		`echo "a $X ${Y} \" b" 'c' \d $ $$ $1`, "X=1 Y= cmd # c\n", "a \\\n b", "é\r\n\xff", ">x ! a", "<<\"\"\n\n",
		"for x in $(a `b`); do break; done | { read y; }", "while a; do b; done <f; until c; do d; done", "if a; then b; elif c; then d; else (e); fi",
		"case $x in a|b*) c;; *) d; esac", "echo ${X:-$(a)} ${#Y} ${Z%%\"*\"} $((1 + $x * (2)))", "cat <<E\n$(a) ${b:=c}\nE\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		s, err := Parse(in)
		var e *SyntaxError
		if errors.As(err, &e) {
			require.True(t, 0 <= e.Offset && e.Offset <= len(e.Input), "offset %d", e.Offset)
			require.LessOrEqual(t, len(e.Input), len(in))
			require.True(t, e.Found != "" && e.Want != "")
			require.Contains(t, e.Caret(), "^\n")
			require.True(t, utf8.ValidString(e.Error()) || !utf8.ValidString(in))
			return
		}
		require.NoError(t, err)
		checkRoundTrip(t, s)
		for _, l := range s.Lists {
			for _, p := range l.Pipelines {
				for _, c := range p.Commands {
					require.True(t, 0 <= c.Pos && c.Pos <= c.End && c.End <= len(s.Input))
					for _, w := range c.Words {
						require.True(t, c.Pos <= w.Pos && w.Pos < w.End && w.End <= c.End)
					}
				}
			}
		}
		e2 := NewExec(s, nil)
		e2.Run(deaf{})
		require.True(t, e2.Done())
	})
}

// deaf runs everything as a command that says nothing and fails, and has no files.
type deaf struct{}

func (deaf) Run(Invocation) Result                { return Result{Code: 1} }
func (deaf) ReadFile(string) ([]byte, error)      { return nil, errors.New("No such file or directory") }
func (deaf) WriteFile(string, []byte, bool) error { return nil }
