package request

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// EndpointsWarning is what a server says to everybody who asks for Endpoints.
const EndpointsWarning = "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"

// list gives the objects of a kind, by namespace, then name. Endpoints are made here: nobody stores them.
func (s *Server) list(kind api.Kind) []api.Object {
	out, err := s.listAt(kind, s.cluster.Revision())
	if err != nil {
		panic("orchestrate: bug: the present cannot be read: " + err.Error())
	}
	return out
}

// listAt is list as of a revision.
func (s *Server) listAt(kind api.Kind, rev api.Revision) ([]api.Object, error) {
	sn, err := s.cluster.At(rev)
	if err != nil {
		return nil, api.Expired(err.Error())
	}
	var out []api.Object
	if kind != api.KindEndpoints {
		out = make([]api.Object, 0, 16)
		for _, o := range sn.List(kind) {
			out = append(out, o)
		}
		return out, nil
	}
	for _, o := range sn.List(api.KindService) {
		if svc, ok := o.(*api.Service); ok {
			if e := orchestrate.EndpointsOf(svc, sn); e != nil {
				out = append(out, e)
			}
		}
	}
	return out, nil
}

// endpoints are those of one Service.
func (s *Server) endpoints(res *schema.Resource, namespace, name string) (api.Object, error) {
	sn := s.cluster.Snapshot()
	if o, _, ok := sn.Get(api.KindService, namespace, name); ok {
		if svc, ok := o.(*api.Service); ok {
			if e := orchestrate.EndpointsOf(svc, sn); e != nil {
				return e, nil
			}
		}
	}
	return nil, api.NotFound(res.Qualified(), name)
}

func endpointsCells(e *api.Endpoints, now api.Time) []string {
	return []string{e.Name, endpointsText(e.Subsets, ""), Age(e.CreationTimestamp, now)}
}

// endpointsText lists the first three addresses that take traffic, with their ports; with a port's name only that port.
func endpointsText(subsets []api.EndpointSubset, port string) string {
	const most = 3
	var list []string
	for i := range subsets {
		s := &subsets[i]
		if len(s.Ports) == 0 {
			for _, a := range s.Addresses {
				list = append(list, a.IP)
			}
		}
		for _, p := range s.Ports {
			if port != "" && p.Name != port {
				continue
			}
			for _, a := range s.Addresses {
				list = append(list, a.IP+":"+strconv.Itoa(int(p.Port)))
			}
		}
	}
	switch {
	case len(subsets) == 0:
		return "<none>"
	case len(list) > most:
		return strings.Join(list[:most], ",") + " + " + strconv.Itoa(len(list)-most) + " more..."
	}
	return strings.Join(list, ",")
}
