package isolate

import (
	"strconv"
	"strings"
)

// rootfs gives the child a root of its own. A mount namespace alone begins as a copy of the caller's mounts: everything is still there. chroot
// alone only moves where paths begin, and whoever may call it again walks out. pivot_root takes the old root away.
func (b *builder) rootfs() {
	if !b.walls.Has(MountNS) {
		return
	}
	b.because("mounts made inside stay inside, and mounts made outside do not appear", "mount_namespaces(7)")
	b.step("mount", null(), str("/"), null(), named(msRec|msPrivate, "MS_REC|MS_PRIVATE"), null())
	if !b.walls.Has(Root) {
		return
	}
	b.step("umask", num(0))
	root := b.newRoot()
	dev := b.dev(root)
	b.proc(root, dev)
	b.sys(root, dev)
	b.finishDev(dev)
	b.mounts(root)
	if b.spec.ReadOnly {
		b.because("the root is read-only from here on, what is mounted on it is not", "mount_setattr(2)")
		b.seals(root)
	}
	b.because("the new root becomes /, the old one lies on top of it and is taken away: no path leads out", "pivot_root(2)")
	b.step("fchdir", root.use())
	b.step("pivot_root", str("."), str("."))
	b.step("umount2", str("."), named(umountDetach, "MNT_DETACH"))
	b.step("chdir", str("/"))
	b.step("umask", octal(0o022))
}

// newRoot makes the folder a mount of its own, on top of itself: what pivot_root wants, and what takes flags.
func (b *builder) newRoot() Ref {
	b.because("the folder that becomes /, opened once: whoever exchanges it later changes nothing", "open_tree(2)")
	at := b.result("folder")
	b.step("openat", cwd(), str(b.spec.Rootfs), b.pathDirectory()).Result = at
	if b.spec.Scratch > 0 {
		return b.scratch(at)
	}
	root := b.mountOf(b.spec.Rootfs, "root", at.use(), "", 0)
	b.because("device nodes and setuid programs in the folder are dead", "mount_setattr(2)")
	b.setattr(root, attrNosuid|attrNodev)
	b.because("the folder as a mount of its own, on top of itself", "move_mount(2)")
	b.attach(root, at, "")
	return root
}

// scratch lays memory over the folder. An overlay's options are paths, so the folder is "." and the memory lies where the folder was.
func (b *builder) scratch(at Ref) Ref {
	b.because("memory that takes what is written, in the place of the folder", "tmpfs(5)")
	b.step("fchdir", at.use())
	memory := b.filesystem("tmpfs", attrNosuid|attrNodev, option{"mode", "755"}, option{"size", strconv.FormatInt(b.spec.Scratch, 10)})
	b.attach(memory, at, "")
	b.step("mkdirat", memory.use(), str("upper"), octal(0o755))
	b.step("mkdirat", memory.use(), str("work"), octal(0o755))
	b.because("the folder below, memory above: the folder stays as it is", "mount(8), overlay")
	path := strings.TrimSuffix(b.spec.Rootfs, "/")
	root := b.layers([]string{"."}, path+"/upper", path+"/work")
	b.attach(root, memory, "")
	return root
}

func (b *builder) pathDirectory() Arg {
	return named(oPATH|oCLOEXEC|b.host.Arch.directory(), "O_PATH|O_DIRECTORY|O_CLOEXEC")
}

// clones copies a mount, or a part of one, without putting it anywhere.
func (b *builder) clones(to Ref, dir Arg, path string, more uint64) *Step {
	if path == "" {
		more |= atEmptyPath
	}
	s := b.step("open_tree", dir, str(path), flags(openTreeClone|openTreeCloexec|more, bit{openTreeClone, "OPEN_TREE_CLONE"},
		bit{openTreeCloexec, "OPEN_TREE_CLOEXEC"}, bit{atEmptyPath, "AT_EMPTY_PATH"}, bit{atRecursive, "AT_RECURSIVE"}))
	s.Result = to
	return s
}

var attrNames = []bit{{attrReadOnly, "MOUNT_ATTR_RDONLY"}, {attrNosuid, "MOUNT_ATTR_NOSUID"}, {attrNodev, "MOUNT_ATTR_NODEV"}, {attrNoexec, "MOUNT_ATTR_NOEXEC"}}

// setattr sets flags of a mount and of all below it, and takes it out of propagation.
func (b *builder) setattr(m Ref, set uint64) {
	attr := flags(set, attrNames...)
	b.step("mount_setattr", m.use(), str(""), named(atEmptyPath|atRecursive, "AT_EMPTY_PATH|AT_RECURSIVE"),
		words("{set="+attr.Text+", propagation=MS_PRIVATE}", set, 0, msPrivate, 0), num(32))
}

// seals makes one mount read-only, and none of those on it.
func (b *builder) seals(m Ref) {
	b.step("mount_setattr", m.use(), str(""), named(atEmptyPath, "AT_EMPTY_PATH"), words("{set=MOUNT_ATTR_RDONLY}", attrReadOnly, 0, 0, 0), num(32))
}

// attach puts a mount onto path below dir, or onto dir itself. The path must not be the container's to choose.
func (b *builder) attach(m, dir Ref, path string) *Step {
	if path == "" {
		return b.step("move_mount", m.use(), str(""), dir.use(), str(""),
			named(moveFromEmpty|moveToEmpty, "MOVE_MOUNT_F_EMPTY_PATH|MOVE_MOUNT_T_EMPTY_PATH"))
	}
	return b.step("move_mount", m.use(), str(""), dir.use(), str(path), named(moveFromEmpty, "MOVE_MOUNT_F_EMPTY_PATH"))
}

// option is a file system's option.
type option struct{ key, value string }

// filesystem makes a new file system of the type, mounted nowhere yet.
func (b *builder) filesystem(kind string, attr uint64, options ...option) Ref {
	config, mount := b.result(kind+"-config"), b.result(kind)
	b.step("fsopen", str(kind), named(fsopenCloexec, "FSOPEN_CLOEXEC")).Result = config
	for _, o := range options {
		if o.value == "" {
			b.step("fsconfig", config.use(), named(fsconfigFlag, "FSCONFIG_SET_FLAG"), str(o.key), null(), num(0))
			continue
		}
		b.step("fsconfig", config.use(), named(fsconfigString, "FSCONFIG_SET_STRING"), str(o.key), str(o.value), num(0))
	}
	b.step("fsconfig", config.use(), named(fsconfigCreate, "FSCONFIG_CMD_CREATE"), null(), null(), num(0))
	b.step("fsmount", config.use(), named(fsmountCloexec, "FSMOUNT_CLOEXEC"), flags(attr, attrNames...)).Result = mount
	return mount
}

// within opens a path below the root as the container would see it: links lead to places inside, never out of it.
func (b *builder) within(root Arg, path string, resolve uint64, folder bool) Ref {
	r := b.result(path)
	mode, text := uint64(oPATH|oCLOEXEC), "O_PATH|O_CLOEXEC"
	if folder {
		mode, text = mode|b.host.Arch.directory(), "O_PATH|O_DIRECTORY|O_CLOEXEC"
	}
	how := flags(resolve, bit{resolveInRoot, "RESOLVE_IN_ROOT"}, bit{resolveNoMagicLinks, "RESOLVE_NO_MAGICLINKS"}, bit{resolveNoSymlinks, "RESOLVE_NO_SYMLINKS"})
	b.step("openat2", root, str(path), words("{"+text+", "+how.Text+"}", mode, 0, resolve), num(24)).Result = r
	return r
}

const (
	asInside  = resolveInRoot | resolveNoMagicLinks
	noSymlink = asInside | resolveNoSymlinks
)

// standard is a mount point of our own below the root: made if missing, refused if it is a link.
func (b *builder) standard(root Ref, name string) Ref {
	b.step("mkdirat", root.use(), str(name), octal(0o755)).tolerate(EEXIST, 0)
	return b.within(root.use(), name, noSymlink, true)
}

// place is a mount point anywhere below the root, made with the folders above it if missing.
func (b *builder) place(root Ref, target string, file bool) Ref {
	parts := strings.FieldsFunc(target, func(r rune) bool { return r == '/' })
	above := root
	for i, part := range parts {
		last := i == len(parts)-1
		if last && file {
			b.step("mknodat", above.use(), str(part), named(0o100644, "S_IFREG|0644"), num(0)).tolerate(EEXIST, 0)
		} else {
			b.step("mkdirat", above.use(), str(part), octal(0o755)).tolerate(EEXIST, 0)
		}
		above = b.within(root.use(), strings.Join(parts[:i+1], "/"), asInside, !(last && file))
	}
	return above
}
