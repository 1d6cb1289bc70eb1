package render_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/slipway-dev/slipway/lessons"
	"github.com/slipway-dev/slipway/lessons/render"
	"github.com/stretchr/testify/require"
)

func ExampleHTML() {
	fmt.Println(render.HTML("Ask *why*:\n\n```sh\nwhy pod/web\n```"))
	// Output:
	// <p>Ask <em>why</em>:</p>
	// <pre class="type" tabindex="0"><code data-line>why pod/web</code></pre>
}

func TestNothingOfAHostileLessonRuns(t *testing.T) {
	for _, attack := range []string{
		"<script>alert(1)</script>",
		"text <img src=x onerror=alert(1)> text",
		"<svg onload=alert(1)>\n</svg>",
		"[click](javascript:alert(1))",
		"[click](JaVaScRiPt:alert(1))",
		"[click]( javascript:alert(1))",
		"[click](data:text/html,<script>alert(1)</script>)",
		"[click](vbscript:x)",
		"[click](//evil.example/)",
		"[click](/\\evil.example/)",
		"<javascript:alert(1)>",
		"![x](javascript:alert(1))",
		"![x](https://evil.example/track.png)",
		"```sh\n</code></pre><script>alert(1)</script>\n```",
		"```html\n<script>alert(1)</script>\n```",
		"<a href=\"#\" onclick=\"alert(1)\">x</a>",
		"[x](https://a.example/\"onmouseover=\"alert(1))",
		"<iframe src=//evil.example></iframe>",
		"<style>*{display:none}</style>",
		"&lt;script&gt;alert(1)&lt;/script&gt;",
	} {
		t.Run(attack, func(t *testing.T) {
			out := render.HTML(attack)
			for tag := range strings.SplitSeq(out, "<") {
				name, _, _ := strings.Cut(strings.ToLower(tag), " ")
				name, _, _ = strings.Cut(name, ">")
				require.NotContains(t, []string{"script", "img", "svg", "iframe", "style", "object", "embed"}, name, out)
			}
			require.NotRegexp(t, `(?i)<[a-z]+[^>]*\son[a-z]+=`, out)
			require.NotRegexp(t, `(?i)href="\s*(javascript|data|vbscript|//|/\\)`, out)
		})
	}
}

func TestAPredictionIsRendered(t *testing.T) {
	out := render.Lesson(lessons.Text{Steps: []lessons.StepText{{
		ID: "a", Predict: &lessons.Predict{Question: "What does `ls` say?", Choices: []string{"*a*", "<b onclick=x>"}, Right: 1, Why: "<script>"},
	}}})
	require.Equal(t, &render.Predict{
		Question: "<p>What does <code>ls</code> say?</p>", Choices: []string{"<em>a</em>", "&lt;b onclick=x&gt;"}, Right: 1,
		Why: "<p>&lt;script&gt;</p>",
	}, out.Steps[0].Predict)
}

func TestAHereDocumentIsOneInput(t *testing.T) {
	out := render.HTML("```sh\nkubectl apply -f - <<EOF\na: b\nEOF\n```")
	require.Equal(t, 1, strings.Count(out, "data-line"))
}

func TestLinksThatAreFineStay(t *testing.T) {
	require.Contains(t, render.HTML("[k](https://kubernetes.io/docs)"), `href="https://kubernetes.io/docs"`)
	require.Contains(t, render.HTML("[k](../labels/)"), `href="../labels/"`)
}
