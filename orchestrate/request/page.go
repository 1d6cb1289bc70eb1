package request

import (
	"cmp"
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
	rev, after, err := s.where(p)
	if err != nil {
		return Page{}, err
	}
	page := Page{Revision: rev}
	all, err := s.listAt(res.Kind, rev)
	if err != nil {
		return Page{}, err
	}
	for _, obj := range all {
		switch {
		case after != "" && !behind(obj.Meta(), after) || !wanted.matches(obj):
		case p.Limit > 0 && int64(len(page.Items)) == p.Limit:
			page.Remaining++
		default:
			page.Items = append(page.Items, obj)
		}
	}
	if page.Remaining > 0 {
		last := page.Items[len(page.Items)-1].Meta()
		page.Continue = token(rev.String(), last.Namespace+"/"+last.Name)
	}
	return page, nil
}

// behind tells whether an object comes after a key, in the order of lists: by namespace, then name.
func behind(m *api.ObjectMeta, key string) bool {
	namespace, name, _ := strings.Cut(key, "/")
	return cmp.Or(strings.Compare(m.Namespace, namespace), strings.Compare(m.Name, name)) > 0
}

// where is the revision a list is read at, and the key behind which it goes on.
func (s *Server) where(p PageOptions) (rev api.Revision, after string, err error) {
	now := s.cluster.Revision()
	rev = now
	if p.Continue != "" {
		if p.Revision != 0 {
			return 0, "", api.BadRequest("specifying resource version is not allowed when using continue")
		}
		if rev, after, err = readToken(p.Continue); err != nil {
			return 0, "", err
		}
		if rev == 0 {
			rev = now // goes on, but not at the moment it began
		}
	} else if p.Revision > now || p.Exact {
		rev = p.Revision
	}
	switch {
	case rev > now:
		return 0, "", api.TooLargeResourceVersion(rev, now)
	case rev >= s.oldest():
		return rev, after, nil
	case p.Continue == "":
		return 0, "", api.Expired("The resourceVersion for the provided list is too old.")
	}
	e := api.Expired("The provided continue parameter is too old to display a consistent list result. You can start a new list without " +
		"the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the " +
		"provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk " +
		"was returned and now may show up in the list.")
	e.Status.Metadata.Continue = token(newestToken, after)
	return 0, "", e
}

// newestToken stands in a token for the revision of a list whose own is not remembered.
const newestToken = "-1"
