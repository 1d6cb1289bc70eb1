package isolate

import (
	"slices"
	"strconv"
	"strings"
)

// mounts adds what the spec asks for. Sources are the caller's paths, followed as the caller would; targets are looked up inside the new
// root, so that a link there leads nowhere else.
func (b *builder) mounts(root Ref) {
	all := b.spec.Mounts
	if r := b.spec.Bridge.Resolver; r != "" && b.spec.Network == Bridged {
		all = append(slices.Clone(all), Mount{Kind: Bind, Source: r, Target: "/etc/resolv.conf", File: true})
	}
	for _, m := range all {
		var fs Ref
		switch m.Kind {
		case Bind:
			b.because("a part of the outside, inside", "open_tree(2)")
			fs = b.mountOf(m.Source, m.Source, cwd(), m.Source, atRecursive)
			set := uint64(attrNosuid | attrNodev)
			if !m.Writable {
				set |= attrReadOnly
			}
			b.setattr(fs, set)
		case Tmpfs:
			b.because("memory that looks like a folder, bounded", "tmpfs(5)")
			size := m.Size
			if size == 0 {
				size = 64 << 20
			}
			fs = b.filesystem("tmpfs", attrNosuid|attrNodev, option{"mode", "1777"}, option{"size", strconv.FormatInt(size, 10)})
		case Overlay:
			b.because("folders laid one over the other; what is written goes to the uppermost", "mount(8), overlay")
			fs = b.layers(m.Lower, m.Upper, m.Work)
		}
		b.attach(fs, b.place(root, m.Target, m.File), "")
	}
}

// layers lays folders one over the other, the uppermost first.
func (b *builder) layers(lower []string, upper, work string) Ref {
	escaped := make([]string, len(lower))
	for i, dir := range lower {
		escaped[i] = strings.ReplaceAll(strings.ReplaceAll(dir, `\`, `\\`), ":", `\:`)
	}
	options := []option{{"lowerdir", strings.Join(escaped, ":")}}
	if upper != "" {
		options = append(options, option{"upperdir", upper}, option{"workdir", work})
	}
	if b.walls.Has(UserNS) {
		options = append(options, option{"userxattr", ""})
	}
	return b.filesystem("overlay", attrNosuid|attrNodev, options...)
}
