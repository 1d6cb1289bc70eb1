package store

import (
	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/internal/json"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// freezer remembers what each stored object looked like.
type freezer struct{ hashes []uint64 }

func (f *freezer) remember(rev api.Revision, o api.Object) {
	for api.Revision(len(f.hashes)) <= rev {
		f.hashes = append(f.hashes, 0)
	}
	f.hashes[rev] = hashOf(o)
}

func (f *freezer) forget(after api.Revision) {
	if f != nil && api.Revision(len(f.hashes)) > after+1 {
		f.hashes = f.hashes[:after+1]
	}
}

// VerifyFrozen tells which stored object, if any, somebody has changed since it was written. It needs
// [Options.VerifyFrozen].
func (s *Store) VerifyFrozen() error {
	if s.freeze == nil {
		return fmt.Errorf("store: made without VerifyFrozen, so nothing was remembered")
	}
	for rev, want := range s.freeze.hashes {
		if want == 0 {
			continue
		}
		if o := s.log.at(api.Revision(rev)).object; hashOf(o) != want {
			return fmt.Errorf("store: %s %s/%s was changed after it was stored at revision %d",
				o.Kind(), o.Meta().Namespace, o.Meta().Name, rev)
		}
	}
	return nil
}

func hashOf(o api.Object) uint64 {
	b, err := json.Marshal(o)
	if err != nil {
		panic(fmt.Sprintf("orchestrate: bug: %s cannot be written as JSON: %v", o.Kind(), err))
	}
	h := uint64(14695981039346656037) // FNV-1a
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h | 1
}
