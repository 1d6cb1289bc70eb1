package request

import (
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// Page is a part of a list, and how to go on.
type Page struct {
	Items []api.Object
	// Revision is that of the whole list, in all its parts.
	Revision api.Revision
	// Continue is the token for the next part; "" if this is the last. Remaining is how many objects are left.
	Continue  string
	Remaining int64
}

// PageOptions say which part of a list is wanted.
type PageOptions struct {
	// Limit is how many objects a part has at most; 0 means all.
	Limit int64
	// Continue is the token of the part before.
	Continue string
	// Revision is the least revision the list may be read at, or the very one if Exact; 0 means the newest.
	Revision api.Revision
	Exact    bool
}

// ListPage gives a part of a list. All parts show the same revision.
func (s *Server) ListPage(res *schema.Resource, namespace string, o ListOptions, p PageOptions) (Page, error) {
	wanted, err := newFilter(res, scope(res, namespace), o)
	if err != nil {
		return Page{}, err
	}
	now := s.cluster.Revision()
	page := Page{Revision: now}
	after := ""
	switch {
	case p.Continue != "":
		if page.Revision, after, err = readToken(p.Continue); err != nil {
			return Page{}, err
		}
	case p.Revision > now:
		return Page{}, api.TooLargeResourceVersion(p.Revision, now)
	case p.Exact:
		page.Revision = p.Revision
	}
	if page.Revision > now {
		return Page{}, api.TooLargeResourceVersion(page.Revision, now)
	}
	sn, err := s.cluster.At(page.Revision)
	if err != nil {
		return Page{}, api.Expired(err.Error())
	}
	for _, obj := range sn.List(res.Kind) {
		key := obj.Meta().Namespace + "/" + obj.Meta().Name
		switch {
		case after != "" && key <= after || !wanted.matches(obj):
		case p.Limit > 0 && int64(len(page.Items)) == p.Limit:
			page.Remaining++
		default:
			page.Items = append(page.Items, obj)
		}
	}
	if page.Remaining > 0 {
		last := page.Items[len(page.Items)-1].Meta()
		page.Continue = token(page.Revision, last.Namespace+"/"+last.Name)
	}
	return page, nil
}

const tokenStart, tokenKey = `{"v":"meta.k8s.io/v1","rv":`, `,"start":"`

// token is where a list goes on, in the form upstream gives it.
func token(rev api.Revision, key string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(tokenStart + rev.String() + tokenKey + key + `\u0000"}`))
}

func readToken(token string) (api.Revision, string, error) {
	bad := func(why string) (api.Revision, string, error) {
		return 0, "", api.BadRequest("invalid continue token: continue key is not valid: " + why)
	}
	b, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return bad(err.Error())
	}
	text := string(b)
	if len(b) > 0 && b[0] != '{' {
		return bad("invalid character " + quoted(b[0]) + " looking for beginning of value")
	}
	rest, ok := strings.CutPrefix(text, tokenStart)
	number, key, found := strings.Cut(rest, tokenKey)
	rev, err := strconv.ParseUint(number, 10, 64)
	if !ok || !found || err != nil || rev == 0 {
		return bad("incorrect encoded start resourceVersion (version meta.k8s.io/v1)")
	}
	return api.Revision(rev), strings.TrimSuffix(key, `\u0000"}`), nil
}

// quoted is a byte as package json names it.
func quoted(c byte) string {
	switch c {
	case '\'':
		return `'\''`
	case '"':
		return `'"'`
	}
	s := strconv.Quote(string(rune(c)))
	return "'" + s[1:len(s)-1] + "'"
}

func (r *call) listOptions() ListOptions {
	return ListOptions{LabelSelector: r.query["labelSelector"], FieldSelector: r.query["fieldSelector"]}
}

// list answers a GET of a collection.
func (r *call) list() (int, map[string]any, error) {
	p := PageOptions{Continue: r.query["continue"], Exact: r.query["resourceVersionMatch"] == "Exact"}
	if text := r.query["limit"]; text != "" {
		n, err := number(text)
		if err != nil {
			return 0, nil, api.BadRequest("unable to parse query parameter limit: " + err.Error())
		}
		p.Limit = n
	}
	if text := r.query["resourceVersion"]; text != "" {
		n, err := number(text)
		if err != nil || n < 0 {
			return 0, nil, api.Invalid("ListOptions.meta.k8s.io", "", []api.FieldError{
				api.InvalidAt("resourceVersion", text, "strconv.ParseUint: parsing "+strconv.Quote(text)+": invalid syntax"),
			})
		}
		p.Revision = api.Revision(n)
	}
	page, err := r.server.ListPage(r.place.res, r.place.namespace, r.listOptions(), p)
	if err != nil {
		return 0, nil, err
	}
	return 200, r.server.listTree(r.place.res, page), nil
}

// listTree is a list as a server sends it.
func (s *Server) listTree(res *schema.Resource, p Page) map[string]any {
	items := []any{}
	for _, o := range p.Items {
		tree := schema.Tree(o)
		delete(tree, "kind")
		delete(tree, "apiVersion")
		items = append(items, tree)
	}
	meta := map[string]any{"resourceVersion": p.Revision.String()}
	add(meta, "continue", p.Continue)
	if p.Remaining > 0 {
		meta["remainingItemCount"] = p.Remaining
	}
	return map[string]any{"kind": res.Kind.String() + "List", "apiVersion": res.APIVersion(), "metadata": meta, "items": items}
}

func number(text string) (int64, error) { return strconv.ParseInt(text, 10, 64) }
