package admit

import (
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// Made admits what a control loop makes. It does what [Review] does, but for the defaults and the validation: a loop builds
// from templates that have been through both. It fills in r.Object itself. The error is a *api.StatusError.
func Made(r Request, specs *Specs, namespaced bool, resource string) error {
	m := r.Object.Meta()
	if m.Name == "" && m.GenerateName != "" {
		m.Name = generated(m.GenerateName, r.Suffix())
	}
	if namespaced {
		ns, ok := r.Namespaces.Namespace(m.Namespace)
		if !ok {
			return api.NotFound("namespaces", m.Namespace)
		}
		if ns.DeletionTimestamp != 0 {
			return api.ForbiddenTerminating(resource, m.Name, m.Namespace)
		}
	}
	if pod, ok := r.Object.(*api.Pod); ok {
		who, err := account(r, pod)
		if err != nil {
			return err
		}
		if err := specs.admit(pod, who); err != nil {
			return err
		}
	}
	begin(r.Object)
	return nil
}

// Specs remembers what admission made of a template's spec, because the pods of a template come many at a time and share
// their spec. It holds nothing that admitting again would not give.
type Specs struct {
	from, to *api.PodSpec
	account  *api.ServiceAccount
	owner    string
}

// admit gives a pod the spec that admission makes of its template's.
func (s *Specs) admit(p *api.Pod, who *api.ServiceAccount) error {
	from, owner := p.Spec, maker(p)
	if s.from == from && s.account == who && s.owner == owner {
		p.Spec = s.to
		return nil
	}
	own, ok := api.DeepCopy(&api.Pod{Spec: from}).(*api.Pod)
	if !ok {
		return nil
	}
	schema.Default(own) // a pod has defaults that its template has not
	p.Spec = own.Spec
	if err := admitPod(p); err != nil {
		return err
	}
	give(p, who, owner)
	*s = Specs{from, p.Spec, who, owner}
	return nil
}

// maker is what the pods that share a spec have in common: their owner.
func maker(p *api.Pod) string {
	if len(p.OwnerReferences) > 0 {
		return string(p.OwnerReferences[0].UID)
	}
	return p.Namespace + "/" + p.Name
}
