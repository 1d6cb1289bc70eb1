// Package render turns a lesson's Markdown into the HTML and JSON the page reads, when the site is built.
//
//	lessons.Lesson ──JSON──> scenario.json              for the engine: the same in every language
//	               └─Text──> en.json, vi.json           for people: prose as HTML
//
// A lesson may come from anybody, so nothing of its Markdown becomes HTML of its own: tags are shown as text, and links lead
// only to http, https, mailto and places on the same site.
package render

import (
	"bytes"
	"encoding/json"
	"html"
	"strings"

	"github.com/slipway-dev/slipway/lessons"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// Text is a lesson in one language as the page reads it: docs/wire.md, "Lesson data".
type Text struct {
	Lang    string `json:"lang"`
	Title   string `json:"title"`
	Summary string `json:"summary"`
	Steps   []Step `json:"steps"`
}

// Step is the text of one step.
type Step struct {
	ID    string            `json:"id"`
	HTML  string            `json:"html"`
	Goals map[string]string `json:"goals"`
	Hints []string          `json:"hints"` // HTML
	// Real is how to do the same on a real machine, as HTML.
	Real []string `json:"real,omitempty"`
	// Predict is asked before the step is done; nil if nothing is.
	Predict *Predict `json:"predict,omitempty"`
}

// Predict is a question with choices, one of them right. The texts are HTML.
type Predict struct {
	Question string   `json:"question"`
	Choices  []string `json:"choices"`
	Right    int      `json:"right"`
	Why      string   `json:"why"`
}

// Lesson renders a lesson in one of its languages.
func Lesson(t lessons.Text) Text {
	out := Text{Lang: t.Lang, Title: t.Title, Summary: t.Summary, Steps: []Step{}}
	for _, s := range t.Steps {
		step := Step{ID: s.ID, Goals: s.Goals, Hints: []string{}}
		step.HTML = "<h2>" + inline(s.Heading) + "</h2>\n" + HTML(s.Markdown)
		for _, h := range s.Hints {
			step.Hints = append(step.Hints, HTML(h))
		}
		for _, m := range s.Real {
			step.Real = append(step.Real, HTML(m))
		}
		if p := s.Predict; p != nil {
			step.Predict = &Predict{Question: HTML(p.Question), Right: p.Right, Why: HTML(p.Why)}
			for _, c := range p.Choices {
				step.Predict.Choices = append(step.Predict.Choices, inline(c))
			}
		}
		out.Steps = append(out.Steps, step)
	}
	return out
}

// JSON writes a value as the files of a lesson hold it: indented, with a line end.
func JSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return b.Bytes(), err
}

var markdown = goldmark.New(
	goldmark.WithExtensions(extension.Table, extension.Strikethrough),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(safe{}, 100))),
)

// HTML renders Markdown. Lines of sh blocks can be clicked to be typed.
func HTML(source string) string {
	var b bytes.Buffer
	if err := markdown.Convert([]byte(source), &b); err != nil {
		return "<p>" + html.EscapeString(source) + "</p>" // writing to memory does not fail
	}
	return strings.TrimSpace(b.String())
}

// inline renders the few marks a heading may have.
func inline(source string) string {
	return strings.TrimSuffix(strings.TrimPrefix(HTML(source), "<p>"), "</p>")
}

// safe renders what must not reach the page as it is.
type safe struct{}

// RegisterFuncs tells goldmark what is rendered here.
func (safe) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindRawHTML, rawHTML)
	r.Register(ast.KindHTMLBlock, rawHTML)
	r.Register(ast.KindFencedCodeBlock, codeBlock)
	r.Register(ast.KindLink, link)
	r.Register(ast.KindAutoLink, autoLink)
	r.Register(ast.KindImage, image)
}

// rawHTML shows tags as text.
func rawHTML(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	switch n := n.(type) {
	case *ast.RawHTML:
		for i := range n.Segments.Len() {
			s := n.Segments.At(i)
			_, _ = w.WriteString(html.EscapeString(string(s.Value(source))))
		}
		return ast.WalkSkipChildren, nil
	case *ast.HTMLBlock:
		_, _ = w.WriteString("<p>")
		for i := range n.Lines().Len() {
			s := n.Lines().At(i)
			_, _ = w.WriteString(html.EscapeString(string(s.Value(source))))
		}
		if n.HasClosure() {
			_, _ = w.WriteString(html.EscapeString(string(n.ClosureLine.Value(source))))
		}
		_, _ = w.WriteString("</p>\n")
	}
	return ast.WalkContinue, nil
}

// codeBlock renders sh blocks line by line, so that a line can be clicked; a here-document stays one input.
func codeBlock(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n, ok := node.(*ast.FencedCodeBlock)
	if !entering || !ok {
		return ast.WalkContinue, nil
	}
	var text strings.Builder
	for i := range n.Lines().Len() {
		s := n.Lines().At(i)
		text.Write(s.Value(source))
	}
	code := strings.TrimRight(text.String(), "\n")
	if string(n.Language(source)) != "sh" {
		_, _ = w.WriteString("<pre tabindex=\"0\"><code>" + html.EscapeString(code) + "</code></pre>\n")
		return ast.WalkSkipChildren, nil
	}
	_, _ = w.WriteString(`<pre class="type" tabindex="0">`)
	for i, line := range inputs(code) {
		if i > 0 {
			_, _ = w.WriteString("\n")
		}
		_, _ = w.WriteString("<code data-line>" + html.EscapeString(line) + "</code>")
	}
	_, _ = w.WriteString("</pre>\n")
	return ast.WalkSkipChildren, nil
}

// inputs are the lines of a block that are typed one after another.
func inputs(code string) []string {
	if strings.Contains(code, "<<") {
		return []string{code}
	}
	return strings.Split(code, "\n")
}

// allowed tells whether a link may lead there.
func allowed(to string) bool {
	to = strings.ToLower(strings.TrimSpace(to))
	for _, start := range []string{"https://", "http://", "mailto:", "#", "./", "../"} {
		if strings.HasPrefix(to, start) {
			return true
		}
	}
	return strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//") && !strings.HasPrefix(to, `/\`)
}

func link(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n, ok := node.(*ast.Link)
	if !ok || !allowed(string(n.Destination)) {
		return ast.WalkContinue, nil // the words stay, the link does not
	}
	if entering {
		_, _ = w.WriteString(`<a rel="noreferrer" href="` + html.EscapeString(string(n.Destination)) + `">`)
	} else {
		_, _ = w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

func autoLink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n, ok := node.(*ast.AutoLink)
	if !entering || !ok {
		return ast.WalkContinue, nil
	}
	to := string(n.URL(source))
	if n.AutoLinkType == ast.AutoLinkEmail {
		to = "mailto:" + to
	}
	words := html.EscapeString(string(n.Label(source)))
	if !allowed(to) {
		_, _ = w.WriteString(words)
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString(`<a rel="noreferrer" href="` + html.EscapeString(to) + `">` + words + "</a>")
	return ast.WalkContinue, nil
}

// image keeps the words for it: a lesson's pictures are drawn by the playground.
func image(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkContinue, nil
}
