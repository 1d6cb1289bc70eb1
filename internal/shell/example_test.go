package shell_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/slipway-dev/slipway/internal/shell"
)

// words is a world with one program, which counts the words it is given.
type words struct{}

func (words) Run(i shell.Invocation) shell.Result {
	n := len(i.Args) - 1 + len(strings.Fields(string(i.Stdin)))
	return shell.Result{Stdout: fmt.Sprintln(n)}
}
func (words) ReadFile(string) ([]byte, error)      { return nil, errors.New("no such file") }
func (words) WriteFile(string, []byte, bool) error { return errors.New("read-only") }

func ExampleParse() {
	s, _ := shell.Parse("kubectl get pods   -o  name|wc -l # how many?")
	fmt.Print(s)

	_, err := shell.Parse("kubectl get pods | | wc -l")
	var syntax *shell.SyntaxError
	if errors.As(err, &syntax) {
		fmt.Print(syntax.Caret())
	}
	// Output:
	// kubectl get pods -o name | wc -l
	// sh: syntax error: line 1, column 20: found "|", want a command after "|"
	//   kubectl get pods | | wc -l
	//                      ^
}

func ExampleNewExec() {
	s, _ := shell.Parse("NAMES='web db'; count $NAMES && count \"$NAMES\"\ncount <<EOF\nthree more $NAMES\nEOF")
	e := shell.NewExec(s, nil)
	for _, chunk := range e.Run(words{}) {
		fmt.Print(chunk.Text)
	}
	fmt.Println("status", e.Status())
	// Output:
	// 2
	// 1
	// 4
	// status 0
}

func ExampleQuoted() {
	fmt.Println(shell.Quoted("web-1"), shell.Quoted("it's here"), shell.Quoted(""))
	// Output: web-1 'it'\''s here' ''
}
