package workload

import (
	"slices"
	"strings"
)

// folders are those every image has, and some that people look for, without the first slash. Files bring their own.
const folders = " bin dev etc home proc root sys tmp usr var etc/nginx usr/bin usr/lib usr/local usr/local/bin usr/sbin usr/share usr/share/nginx" +
	" usr/share/nginx/html var/cache var/lib var/log var/run "

// folder tells whether there is a folder of this name. One that was made is a file whose name ends in a slash.
func (r *run) folder(name string) bool {
	if name == "/" || strings.Contains(folders, " "+name[1:]+" ") {
		return true
	}
	return len(r.entries(name)) > 0
}

// entries are the names in a folder, sorted; one that was made holds an empty name.
func (r *run) entries(dir string) []string {
	before := strings.TrimSuffix(dir, "/") + "/"
	var names []string
	add := func(file string) {
		name, under := strings.CutPrefix(file, before)
		name, _, _ = strings.Cut(name, "/")
		if under && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, list := range [2][]mark{r.b.files, r.marks} {
		for i := range list {
			if _, there := r.entry(list[i].name); there {
				add(list[i].name)
			}
		}
	}
	for _, name := range strings.Fields(folders) {
		add("/" + name)
	}
	slices.Sort(names)
	return names
}

func ls(r *run, args []string) bool {
	r.code = 0
	dir := "."
	for _, a := range args {
		if !strings.HasPrefix(a, "-") {
			dir = a
		}
	}
	if _, there := r.file(dir); there {
		r.print(dir + "\n")
		return true
	}
	if whole := r.path(dir); r.folder(whole) {
		for _, name := range r.entries(whole) {
			if name != "" {
				r.print(name + "\n")
			}
		}
		return true
	}
	r.complain("ls: " + dir + ": No such file or directory")
	r.code = 1
	return true
}

func cd(r *run, args []string) bool {
	to := "/root"
	if len(args) > 0 {
		to = args[0]
	}
	whole := r.path(to)
	if _, file := r.file(whole); file || !r.folder(whole) {
		r.complain("sh: cd: can't cd to " + to + ": No such file or directory")
		r.code = 2
		return true
	}
	r.set("PWD", whole)
	return succeed(r, nil)
}

func mkdir(r *run, args []string) bool {
	r.code = 0
	for _, name := range args {
		if strings.HasPrefix(name, "-") {
			continue
		}
		if whole := r.path(name); !r.folder(whole) {
			r.note(whole+"/", "", false)
		} else if !slices.Contains(args, "-p") {
			r.complain("mkdir: can't create directory '" + name + "': File exists")
			r.code = 1
		}
	}
	return true
}
