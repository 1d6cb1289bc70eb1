//go:build !engine || machine

package playground

import (
	"bytes"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/store"
)

// scene is what was to be seen of a machine from a moment on.
type scene struct {
	at    time.Duration
	items []drawing
}

// maxScenes is how many are kept. Of a longer past every second of the older half is dropped: the picture of it is coarser.
const maxScenes = 600

// remember keeps what is to be seen now, if it is something else than before.
func (m *machine) remember() {
	now := m.view(nil)
	if n := len(m.scenes); n > 0 {
		before := m.scenes[n-1].items
		at, same := 0, len(now) == len(before)
		for i := range now {
			for j := at; j < len(before); j++ { // both are in the same order, but for what came and went
				if before[j].key == now[i].key && before[j].kind == now[i].kind {
					if at = j + 1; bytes.Equal(now[i].text, before[j].text) {
						now[i] = before[j] // so that scenes share what they have in common
					} else {
						same = false
					}
					break
				}
			}
			same = same && now[i].key == before[i].key
		}
		if same {
			return
		}
	}
	m.scenes = append(m.scenes, scene{m.now(), now})
	if len(m.scenes) > maxScenes {
		kept := m.scenes[:0]
		for i, sc := range m.scenes {
			if i >= len(m.scenes)/2 || i%2 == 0 {
				kept = append(kept, sc)
			}
		}
		clear(m.scenes[len(kept):])
		m.scenes = kept
	}
}

// sceneAt is what was to be seen at a moment.
func (m *machine) sceneAt(at time.Duration) []drawing {
	for i := len(m.scenes) - 1; i > 0; i-- {
		if m.scenes[i].at <= at {
			return m.scenes[i].items
		}
	}
	return m.scenes[0].items
}

// id numbers an item.
func (m *machine) id(it drawing) store.ID {
	key := machineKinds[it.kind] + it.key
	n, ok := m.keys[key]
	if !ok {
		n = store.ID(len(m.keys) + 1)
		m.keys[key] = n
	}
	return n
}

// drawings are the items of the moment on show.
func (s *Session) drawings() []drawing {
	if s.looking || s.frozen != nil {
		return s.machine.sceneAt(s.look)
	}
	return s.machine.view(nil)
}
