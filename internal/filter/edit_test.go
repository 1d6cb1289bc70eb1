package filter_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/internal/filter"
)

func TestEditing(t *testing.T) {
	const table = "NAME READY AGE\nweb-1 1/1 5s\ndb-0 0/1 9s\n"
	const picks = "; here it picks columns: awk '/RE/ {print $1, $NF}' or awk 'NR>1 {print $2}'\n"
	for _, test := range []struct{ args, stdin, want string }{
		{"base64", "hello", "aGVsbG8=\n"},
		{"base64@-d", "aGVsbG8=\n", "hello"},
		{"base64@-d", "aGVs!", "helbase64: truncated input\n"},
		{"base64@-w@0", strings.Repeat("x", 90), strings.Repeat("eHh4", 30)},
		{"base64", strings.Repeat("x", 90), strings.Repeat("eHh4", 19) + "\n" + strings.Repeat("eHh4", 11) + "\n"},
		{"sed@s/web/api/", table, "NAME READY AGE\napi-1 1/1 5s\ndb-0 0/1 9s\n"},
		{"sed@s/1/<&>/g", "1 21\n", "<1> 2<1>\n"},
		{"sed@s#/#:#g", "a/b/c\n", "a:b:c\n"},
		{`sed@s/\//-/`, "a/b\n", "a-b\n"},
		{"sed@s/x*/-/g", "abc\n", "-a-b-c-\n"},
		{"sed@1d", table, "web-1 1/1 5s\ndb-0 0/1 9s\n"},
		{"sed@-n@2p", table, "web-1 1/1 5s\n"},
		{"sed@-n@2,$p", table, "web-1 1/1 5s\ndb-0 0/1 9s\n"},
		{"sed@/web/d;s/db/DB/", table, "NAME READY AGE\nDB-0 0/1 9s\n"},
		{"sed@-E@s/(web|db)-[0-9]+/pod/", table, "NAME READY AGE\npod 1/1 5s\npod 0/1 9s\n"},
		{"sed@1q", "a\nb\n", "a\n"},
		{`sed@s/\(a\)/\1/`, "a\n", "sed: back-references such as \\1 do not exist here; & is all that was found\n"},
		{"sed@y/a/b/", "a\n", "sed: unsupported command y; s, d, p and q are here\n"},
		{"sed@s/a", "a\n", "sed: unmatched '/'\n"},
		{"sed@s/a/b/c", "a\n", "sed: garbage after command\n"},
		{"sed", "", "sed: usage: sed [-n] [-E] [-i] SCRIPT [FILE]...\n"},
		{"awk@{print $1}", table, "NAME\nweb-1\ndb-0\n"},
		{"awk@NR>1 {print $1, $NF}", table, "web-1 5s\ndb-0 9s\n"},
		{`awk@/0\/1/{print $1":"$2}`, table, "db-0:0/1\n"},
		{"awk@!/NAME/", table, "web-1 1/1 5s\ndb-0 0/1 9s\n"},
		{"awk@-F/@{print $2}", "a/b\n", "b\n"},
		{`awk@NR==2{print NR"\t"NF}`, table, "2\t3\n"},
		{"awk@{print $9}", "a\n", "\n"},
		{"awk@BEGIN {x=1}", "", `awk: unknown pattern "BEGIN {x=1}"` + picks},
		{"awk@{sum += $1}", "", "awk: only print is known" + picks},
	} {
		args := strings.Split(test.args, "@")
		f, ok := filter.Find(args[0])
		require.True(t, ok)
		res := f(filter.Call{Args: args, Stdin: []byte(test.stdin)})
		require.Equal(t, test.want, res.Stdout+res.Stderr, test.args)
	}
}

func TestSedWritesFiles(t *testing.T) {
	files := map[string]string{"f": "a\nb\n"}
	f, _ := filter.Find("sed")
	res := f(filter.Call{
		Args: []string{"sed", "-i", "s/a/x/", "f"},
		Read: func(name string) ([]byte, error) { return []byte(files[name]), nil },
		Write: func(name string, data []byte, _ bool) error {
			files[name] = string(data)
			return nil
		},
	})
	require.Empty(t, res.Stdout+res.Stderr)
	require.Equal(t, "x\nb\n", files["f"])
}

func FuzzEdit(f *testing.F) {
	for _, s := range []string{"s/a/b/g", "/x/d;2p", "2,$p", `s/\//&&/`, "{print $1, $NF}", "/re/ {print \"x\" NR}", "NR>=2"} {
		f.Add(s, "a b c\nx\n")
	}
	f.Fuzz(func(t *testing.T, script, text string) {
		if len(script) > 200 || len(text) > 500 {
			return
		}
		for _, name := range []string{"sed", "awk"} {
			run, _ := filter.Find(name)
			res := run(filter.Call{Args: []string{name, script}, Stdin: []byte(text), Read: func(string) ([]byte, error) { return nil, nil }})
			if (res.Code != 0) != (res.Stderr != "") {
				t.Fatalf("%s %q: code %d and %q", name, script, res.Code, res.Stderr)
			}
		}
	})
}
