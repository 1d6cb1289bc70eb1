package userland

func trueMain(*cmd) int  { return 0 }
func falseMain(*cmd) int { return 1 }

// applets are busybox' commands.
var applets = []appletRow{
	{"[", testMain}, {"awk", awk}, {"base64", textFilter}, {"cat", cat}, {"chgrp", chgrp}, {"chmod", chmod}, {"chown", chown}, {"chroot", chroot}, {"cp", cp}, {"cut", textFilter}, {"date", dateMain}, {"echo", echo}, {"env", env},
	{"false", falseMain}, {"grep", grep}, {"groups", groupsMain}, {"head", head}, {"hostname", hostname}, {"id", idMain}, {"kill", kill}, {"killall", killall},
	{"ln", ln}, {"ls", ls}, {"mkdir", mkdir}, {"mkfifo", mkfifo}, {"mknod", mknod}, {"mount", mount}, {"mountpoint", mountpoint}, {"mv", mv}, {"nohup", nohup}, {"nproc", nproc}, {"od", od},
	{"pgrep", pgrep}, {"pidof", pidof}, {"ping", ping}, {"pivot_root", pivotRoot}, {"pkill", pgrep}, {"printf", printf}, {"ps", ps}, {"readlink", readlink},
	{"realpath", realpath}, {"rm", rm}, {"rmdir", rmdir}, {"sed", textFilter}, {"seq", textFilter}, {"setsid", setsid}, {"sleep", sleep}, {"sort", textFilter},
	{"stat", stat}, {"tail", tail}, {"tee", tee}, {"test", testMain}, {"timeout", timeout}, {"touch", touch}, {"tr", textFilter}, {"true", trueMain}, {"truncate", truncate},
	{"umount", umount}, {"uname", uname}, {"uniq", textFilter}, {"wc", textFilter}, {"which", which}, {"whoami", whoami}, {"yes", yes},
}

// tools are programs of their own.
var tools = []appletRow{
	{"capsh", capsh}, {"findmnt", findmnt}, {"getcap", getcap}, {"getpcaps", getpcaps}, {"ip", ip}, {"lsns", lsns}, {"nsenter", nsenter}, {"setcap", setcap}, {"setpriv", setpriv}, {"unshare", unshare},
}
