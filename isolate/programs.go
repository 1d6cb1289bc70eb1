package isolate

// Landlock's rights and its version that knows the second of them: without it nothing could be moved between folders inside.
const (
	landlockExecute = 1
	landlockMove    = 1 << 13
	landlockRefer   = 2 // the version
)

const capSysAdmin = Capability(21)

// mayMount tells whether the command can mount: Landlock would forbid it, and whoever may do that needs no trick to leave.
func (b *builder) mayMount() bool {
	return !b.walls.Has(Capabilities) || b.spec.Capabilities.Bounding.Has(capSysAdmin)
}

// programs lets nothing be executed but what lies below the root. Between clone3 and execve the child is, for the kernel, still the program that
// starts the container: /proc/self/exe leads to it, and a folder whose command is a link there, or a script for it, would run it inside. Then
// whoever is inside could hold on to it, and write to it later (CVE-2019-5736).
func (b *builder) programs() {
	if !b.walls.Has(Programs|Root) || b.mayMount() {
		return
	}
	b.because("nothing is executed but what lies below the root: not the very program that starts the container, to which /proc/self/exe leads", "landlock(7)")
	const rights = "LANDLOCK_ACCESS_FS_EXECUTE|LANDLOCK_ACCESS_FS_REFER"
	rules, root := b.result("rules"), b.result("root")
	b.step("landlock_create_ruleset", words("{"+rights+"}", landlockExecute|landlockMove), num(8), num(0)).Result = rules
	b.step("openat", cwd(), str("/"), b.pathDirectory()).Result = root
	b.step("landlock_add_rule", rules.use(), named(1, "LANDLOCK_RULE_PATH_BENEATH"), root.pair(landlockExecute|landlockMove, "{"+rights+", root}"), num(0))
	b.step("landlock_restrict_self", rules.use(), num(0))
}
