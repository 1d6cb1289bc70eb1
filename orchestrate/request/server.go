package request

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// Server answers requests to one world. Use [New]. It keeps nothing of its own, so copies of it are equal.
type Server struct {
	cluster *orchestrate.Cluster
	user    string        // "" means admin
	memory  time.Duration // see [Server.Remembering]
}

// New is the server of a world, as its administrator sees it.
func New(c *orchestrate.Cluster) *Server { return &Server{cluster: c} }

// As is the same server for another user.
func (s *Server) As(user string) *Server {
	out := *s
	out.user = user
	return &out
}

// who is the user a request is made as: the one it names, or the server's.
func (s *Server) who(user string) string {
	if user == "" {
		return s.user
	}
	return user
}

// Now is the world's clock, in UTC and whole seconds.
func (s *Server) Now() time.Time { return s.now().Std() }

func (s *Server) now() api.Time { return s.cluster.Wall(s.cluster.Now()) }

// Elapsed is virtual time since the beginning of the world.
func (s *Server) Elapsed() time.Duration { return s.cluster.Now() }

// Revision is the number of the last write; it is what a list's resourceVersion would be.
func (s *Server) Revision() api.Revision { return s.cluster.Revision() }

// Link is one line of the trace.
type Link = orchestrate.Link

// Why is the chain of causes that made an object what it is now, or that removed it; the person's input comes first.
// It is empty if no object ever had that name.
func (s *Server) Why(res *schema.Resource, namespace, name string) []Link {
	return s.cluster.Why(res.Kind, scope(res, namespace), name, s.cluster.Revision())
}

// History is every write to the object of this name, oldest first. It is empty if no object ever had that name.
func (s *Server) History(res *schema.Resource, namespace, name string) []Link {
	return s.cluster.History(res.Kind, scope(res, namespace), name, s.cluster.Revision())
}

// scope is the namespace an object of the resource has in the store.
func scope(res *schema.Resource, namespace string) string {
	if !res.Namespaced {
		return ""
	}
	return namespace
}

// Decision is what the scheduler thinks of each node for a pod: when it bound the pod or, while the pod waits, now. It is
// false if there is no such pod, or the scheduler never had a say about it.
func (s *Server) Decision(namespace, name string) (Decision, bool) {
	return s.cluster.Decision(namespace, name, s.cluster.Revision())
}

// Decision is what the scheduler thinks of each node for a pod, and Verdict what it thinks of one of them.
type (
	Decision = orchestrate.Decision
	Verdict  = orchestrate.Verdict
)

// What the server says of itself: the version of Kubernetes it behaves like, and that of the engine.
const (
	KubernetesVersion = orchestrate.KubeletVersion
	EngineVersion     = orchestrate.Version
)
