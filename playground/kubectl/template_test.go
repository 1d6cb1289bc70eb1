package kubectl

import (
	"encoding/base64"
	"strings"
	"testing"
	"text/template"

	"github.com/stretchr/testify/require"
)

// templateTree is what the templates of this test are given.
func templateTree() map[string]any {
	return map[string]any{
		"kind": "List", "none": nil, "empty": "", "flag": true, "number": int64(3), "part": 2.5, "zero": int64(0),
		"labels": map[string]any{"app": "web", "tier": "front"},
		"items": []any{
			map[string]any{"name": "a", "ports": []any{int64(80), int64(443)}, "data": "aGVsbG8="},
			map[string]any{"name": "b", "ports": []any{}, "ready": true},
		},
	}
}

// peer is Go's own template engine with the functions kubectl adds.
func peer(source string, tree any) (string, error) {
	t, err := template.New("output").Funcs(template.FuncMap{
		"exists":       func(item any, indices ...any) bool { return false },
		"base64decode": func(s string) (string, error) { b, err := base64.StdEncoding.DecodeString(s); return string(b), err },
	}).Parse(source)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = t.Execute(&b, tree)
	return b.String(), err
}

func ours(source string, tree any) (string, error) {
	t, err := parseTemplate(source)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = t.execute(&b, tree)
	return b.String(), err
}

var templates = []string{
	"", "plain text", "a{{.kind}}b", "{{.kind}} {{.nope}} {{.nope.more}}", "{{.}}", "{{.labels}}", "{{.labels.app}}", "{{.none.x}}", "{{.kind.x}}",
	"{{range .items}}{{.name}},{{end}}", "{{range $i, $x := .items}}{{$i}}={{$x.name}} {{end}}", "{{range $x := .items}}{{$x.name}}{{end}}",
	"{{range $k, $v := .labels}}{{$k}}={{$v}};{{end}}", "{{range .labels}}{{.}};{{end}}", "{{range .nope}}x{{else}}none{{end}}", "{{range .kind}}x{{end}}",
	"{{range .items}}{{range .ports}}{{.}} {{else}}no ports{{end}}|{{end}}", "{{range .items}}{{$.kind}}{{end}}",
	"{{range .items}}{{if .ready}}{{break}}{{end}}{{.name}}{{end}}", "{{range .items}}{{if .ready}}{{continue}}{{end}}{{.name}}{{end}}",
	"{{if .flag}}yes{{end}}", "{{if .empty}}yes{{else}}no{{end}}", "{{if .zero}}a{{else if .number}}b{{else}}c{{end}}", "{{if .nope}}a{{else if .none}}b{{else}}c{{end}}",
	"{{with .labels}}{{.app}}{{end}}", "{{with .nope}}x{{else}}y{{end}}", "{{with $x := .kind}}{{$x}}{{.}}{{end}}", "{{with .nope}}x{{else with .kind}}{{.}}{{end}}",
	"{{$x := .number}}{{$x}}{{$x = 4}}{{$x}}", "{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}", "{{$x := 1}}{{if true}}{{$x := 2}}{{$x}}{{end}}{{$x}}",
	"{{index .items 1}}", "{{(index .items 0).name}}", "{{index .items 0 \"ports\" 1}}", "{{index .labels \"app\"}}", "{{index .labels \"x\"}}", "{{index .items 9}}",
	"{{index .nope 1}}", "{{index .items \"a\"}}", "{{index .labels 1}}", "{{len .items}} {{len .kind}} {{len .labels}}", "{{len .number}}",
	"{{eq .kind \"List\"}}", "{{eq .number 3}}", "{{eq .number 1 2 3}}", "{{eq .kind 3}}", "{{ne .kind \"x\"}}", "{{lt 1 2}} {{le 2 2}} {{gt 1 2}} {{ge 1 2}}", "{{lt .part 3.0}}",
	"{{eq true .flag}}", "{{eq .kind}}", "{{eq .number .part}}", "{{lt \"a\" \"b\"}}",
	"{{and .flag .kind}} {{and .flag .empty}} {{or .empty .kind}} {{or .empty .zero}} {{not .flag}}", "{{and}}", "{{if and (eq .kind \"List\") (not .empty)}}both{{end}}",
	"{{.kind | printf \"%s!\"}}", "{{printf \"%d %v %s %q\" .number .number .kind .kind}}", "{{printf \"%5d|%-5d|%5s|%-5s|\" 3 4 \"a\" \"b\"}}", "{{printf \"%.2f %f\" .part .part}}",
	"{{printf \"%d\" .kind}}", "{{printf \"%s\" .number}}", "{{printf \"100%%\"}}", "{{printf \"%s\"}}", "{{printf \"%t\" .flag}}", "{{printf \"%x\" 5}}", "{{println .kind}}", "{{print .kind \"x\"}}", "{{print 1 2 \"a\" 3 4}}", "{{print .nope .none}}", "{{println 1 .nope \"a\"}}", "{{print}}|", "{{print .labels .items}}",
	"{{\"a\\tb\"}}{{`raw\\n`}}", "{{3}} {{2.5}} {{true}}", "{{nil}}", "{{/* a comment */}}x{{- /* another */ -}} y", "a  {{- .kind -}}  b", "a\n{{- range .items }}\n{{ .name }}\n{{- end }}\n",
	"{{(.labels).app}}", "{{.items | len}}", "{{(index .items 0).data | base64decode}}", "{{base64decode \"x\"}}", "{{.number.x}}", "{{.flag.x}}",
	"{{", "{{.kind", "{{range .items}}", "{{end}}", "{{else}}", "{{nofunc}}", "{{$nope}}", "{{if}}x{{end}}", "{{if .a}}{{else}}{{else}}{{end}}", "{{.a..b}}", "{{\"open}}", "{{(.a}}", "{{.a)}}",
	"{{|.a}}", "{{.kind 1}}", "{{break}}", "{{range .items}}{{end}}{{continue}}", "{{1 | .kind}}", "{{$}}", "{{$.kind}}", "{{ .kind }}{{\t.kind\n}}",
}

// TestTemplatesGiveWhatGosOwnEngineGives compares each template with the engine that kubectl uses.
func TestTemplatesGiveWhatGosOwnEngineGives(t *testing.T) {
	for _, source := range templates {
		want, wantErr := peer(source, templateTree())
		got, err := ours(source, templateTree())
		require.Equal(t, wantErr != nil, err != nil, "%s: %v, not %v", source, err, wantErr)
		if wantErr == nil {
			require.Equal(t, want, got, source)
		}
	}
}

func TestTemplatesSayWhatIsWrong(t *testing.T) {
	for source, want := range map[string]string{
		"{{define \"x\"}}{{end}}": "{{define}} is not part of this playground",
		"a\nb{{nofunc .}}":        `output:2: function "nofunc" not defined`,
		"{{.kind.x}}":             "can't evaluate field x",
		"{{index .items 7}}":      "error calling index: index out of range: 7",
		strings.Repeat("{{if 1}}", 1000) + strings.Repeat("{{end}}", 1000):        "too deep",
		"{{" + strings.Repeat("(", 1000) + "1" + strings.Repeat(")", 1000) + "}}": "too deep",
	} {
		_, err := ours(source, templateTree())
		require.ErrorContains(t, err, want)
	}
	for source, want := range map[string]string{
		"{{exists .labels \"app\"}} {{exists .labels \"x\"}} {{exists .items 5}}": "true false false",
		`{{printf "%2000d" 1 | len}}`: "1000",
	} {
		got, err := ours(source, templateTree())
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

// FuzzTemplate holds that no template brings the engine down or says what Go's own finds wrong without a word.
func FuzzTemplate(f *testing.F) {
	for _, source := range templates {
		f.Add(source)
	}
	f.Fuzz(func(t *testing.T, source string) {
		got, err := ours(source, templateTree())
		if err != nil && err.Error() == "" {
			t.Fatalf("%q fails without a word", source)
		}
		if len(got) > 1_000*(len(source)+1) {
			t.Fatalf("%q gives %d bytes", source, len(got))
		}
	})
}
