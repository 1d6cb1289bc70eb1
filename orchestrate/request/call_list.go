package request

import (
	"strconv"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func (r *call) listOptions() ListOptions {
	return ListOptions{LabelSelector: r.query["labelSelector"], FieldSelector: r.query["fieldSelector"]}
}

// What resourceVersionMatch may say.
const (
	exact        = "Exact"
	notOlderThan = "NotOlderThan"
)

// list answers a GET of a collection.
func (r *call) list() (int, map[string]any, error) {
	p, err := r.pageOptions()
	if err != nil {
		return 0, nil, err
	}
	if r.form == asTable {
		if err := r.badTable(); err != nil {
			return 0, nil, err
		}
	}
	page, err := r.server.ListPage(r.place.res, r.place.namespace, r.listOptions(), p)
	if err != nil {
		return 0, nil, err
	}
	return 200, r.listTree(page), nil
}

// pageOptions reads which part of a list is wanted.
func (r *call) pageOptions() (PageOptions, error) {
	rev, err := r.revision()
	if err != nil {
		return PageOptions{}, err
	}
	if errs := r.badListOptions(); len(errs) > 0 {
		return PageOptions{}, api.Invalid(listOptionsKind, "", errs)
	}
	p := PageOptions{Continue: r.query["continue"], Revision: rev, Exact: r.query["resourceVersionMatch"] == exact}
	if text := r.query["limit"]; text != "" {
		if p.Limit, err = number(text); err != nil {
			return p, api.BadRequest("unable to parse query parameter limit: " + err.Error())
		}
	}
	return p, nil
}

const listOptionsKind = "ListOptions.meta.k8s.io"

// revision is the resourceVersion of the query; 0 if there is none.
func (r *call) revision() (api.Revision, error) {
	text := r.query["resourceVersion"]
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, api.Invalid(listOptionsKind, "", []api.FieldError{
			api.InvalidAt("resourceVersion", text, "strconv.ParseUint: parsing "+strconv.Quote(text)+": invalid syntax"),
		})
	}
	return api.Revision(n), nil
}

// badListOptions are the contradictions between the options of a list.
//
// Source: k8s.io/apimachinery, meta/internalversion/validation.
func (r *call) badListOptions() (errs []api.FieldError) {
	forbid := func(field, why string) { errs = append(errs, api.ForbiddenAt(field, why)) }
	if match := r.query["resourceVersionMatch"]; match != "" {
		if r.query["resourceVersion"] == "" {
			forbid("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided")
		}
		if r.query["continue"] != "" {
			forbid("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided")
		}
		if match != exact && match != notOlderThan {
			errs = append(errs, api.NotSupportedAt("resourceVersionMatch", match, exact, notOlderThan, ""))
		}
		if match == exact && r.query["resourceVersion"] == "0" {
			forbid("resourceVersionMatch", `resourceVersionMatch "exact" is forbidden for resourceVersion "0"`)
		}
	}
	if _, said := r.query["sendInitialEvents"]; said {
		forbid("sendInitialEvents", "sendInitialEvents is forbidden for list")
	}
	return errs
}

// listTree is a list as the client wants it.
func (r *call) listTree(p Page) map[string]any {
	res, meta := r.place.res, p.meta()
	switch r.form {
	case asTable:
		return r.table(meta, p.Items)
	case asMetadata:
		items := []any{}
		for _, o := range p.Items {
			items = append(items, partial(o))
		}
		return map[string]any{"kind": "PartialObjectMetadataList", "apiVersion": metaVersion, "metadata": meta, "items": items}
	}
	items := schema.Items(p.Items...)
	return map[string]any{"kind": res.Kind.String() + "List", "apiVersion": res.APIVersion(), "metadata": meta, "items": items}
}

// meta is the metadata of a list.
func (p Page) meta() map[string]any {
	meta := map[string]any{"resourceVersion": p.Revision.String()}
	add(meta, "continue", p.Continue)
	if p.Remaining > 0 {
		meta["remainingItemCount"] = p.Remaining
	}
	return meta
}

func number(text string) (int64, error) { return strconv.ParseInt(text, 10, 64) }
