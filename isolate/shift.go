package isolate

// copies opens what is going to be shifted before there is a child: only the parent may shift, and only the child may mount.
func (b *builder) copies() {
	if !b.spec.Shift {
		return
	}
	b.because("what is shown with other owners: copies of mounts, mounted nowhere yet", "open_tree(2)")
	b.shifted = map[string]Ref{}
	paths := []string{b.spec.Rootfs}
	for _, m := range b.spec.Mounts {
		if m.Kind == Bind {
			paths = append(paths, m.Source)
		}
	}
	for _, path := range paths {
		if _, there := b.shifted[path]; !there {
			r := b.result(path)
			b.clones(r, cwd(), path, 0)
			b.shifted[path] = r
			b.order = append(b.order, r)
		}
	}
}

// shift gives the copies the child's map of users, now that it is written.
func (b *builder) shift() {
	if !b.spec.Shift {
		return
	}
	b.because("owners are shown through the container's map: what is 0's outside is 0's inside", "mount_setattr(2), MOUNT_ATTR_IDMAP")
	users := b.open("users", cwd(), "/proc/{pid}/ns/user", named(oCLOEXEC, "O_RDONLY|O_CLOEXEC"))
	for _, r := range b.order {
		b.step("mount_setattr", r.use(), str(""), named(atEmptyPath, "AT_EMPTY_PATH"),
			users.after("{set=MOUNT_ATTR_IDMAP, userns_fd=users}", attrIDMap, 0, 0), num(32))
	}
	b.closes(users)
}

// mountOf is a mount of a path outside: a shifted one, or a copy made now.
func (b *builder) mountOf(path, called string, from Arg, name string, more uint64) Ref {
	if r, ok := b.shifted[path]; ok {
		delete(b.shifted, path)
		return r
	}
	r := b.result(called)
	b.clones(r, from, name, more)
	return r
}

func (b *builder) checkShift(wrong complain) {
	s := b.spec
	if !s.Shift || s.Join != nil {
		return
	}
	if b.host.UID != 0 {
		wrong("Shift", "only root may show files with other owners", "give the files to the users they should belong to, or run as root")
	}
	if !b.walls.Has(UserNS) || !b.walls.Has(Root|MountNS) {
		wrong("Shift", "there is no map of users to shift by, or no root of its own", "give UIDs and GIDs, and raise the walls \"mount\" and \"root\"")
	}
	if s.Scratch > 0 {
		wrong("Shift", "a folder below memory cannot be shifted", "leave Scratch out")
	}
	seen := map[string]bool{s.Rootfs: true}
	for _, m := range s.Mounts {
		if m.Kind == Bind && seen[m.Source] {
			wrong("Shift", "a folder that is shifted can be mounted once", "bind a folder below it")
		}
		seen[m.Source] = true
	}
}
