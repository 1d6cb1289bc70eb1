package userland

func trueMain(*cmd) int  { return 0 }
func falseMain(*cmd) int { return 1 }

// applets are busybox' commands.
var applets = []appletRow{
	{"[", testMain}, {"awk", awk}, {"base64", textFilter}, {"basename", basename}, {"cat", cat}, {"chgrp", chgrp}, {"chmod", chmod}, {"chown", chown}, {"chroot", chroot}, {"cp", cp}, {"cut", textFilter}, {"date", dateMain}, {"cmp", cmp}, {"dd", dd}, {"df", df}, {"dirname", dirname}, {"du", du}, {"echo", echo}, {"env", env}, {"expr", expr},
	{"false", falseMain}, {"find", find}, {"free", free}, {"grep", grep}, {"groups", groupsMain}, {"head", head}, {"hostname", hostname}, {"id", idMain}, {"kill", kill}, {"killall", killall},
	{"ln", ln}, {"ls", ls}, {"mkdir", mkdir}, {"mkfifo", mkfifo}, {"mknod", mknod}, {"mount", mount}, {"mountpoint", mountpoint}, {"mv", mv}, {"nc", nc}, {"nohup", nohup}, {"nproc", nproc}, {"od", od},
	{"pgrep", pgrep}, {"pidof", pidof}, {"ping", ping}, {"pivot_root", pivotRoot}, {"pkill", pgrep}, {"printf", printf}, {"ps", ps}, {"readlink", readlink},
	{"realpath", realpath}, {"rev", rev}, {"rm", rm}, {"rmdir", rmdir}, {"sed", textFilter}, {"seq", textFilter}, {"setsid", setsid}, {"sleep", sleep}, {"sort", textFilter},
	{"stat", stat}, {"sync", syncMain}, {"tac", tac}, {"tail", tail}, {"tee", tee}, {"test", testMain}, {"time", timeMain}, {"timeout", timeout}, {"top", top}, {"touch", touch}, {"tr", textFilter}, {"true", trueMain}, {"truncate", truncate}, {"tty", tty},
	{"umount", umount}, {"uname", uname}, {"uniq", textFilter}, {"unlink", unlinkMain}, {"uptime", uptime}, {"usleep", usleep}, {"wc", textFilter}, {"which", which}, {"whoami", whoami}, {"xargs", xargs}, {"yes", yes},
}

// tools are programs of their own.
var tools = []appletRow{
	{"capsh", capsh}, {"findmnt", findmnt}, {"getcap", getcap}, {"getpcaps", getpcaps}, {"ip", ip}, {"lsns", lsns}, {"nsenter", nsenter}, {"setcap", setcap}, {"setpriv", setpriv}, {"unshare", unshare},
}

// extra are programs of their own that the machine of the transcripts does not have.
var extra = []appletRow{{"iptables", iptables}, {"stress", stress}}
