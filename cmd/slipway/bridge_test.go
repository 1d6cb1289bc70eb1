package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestABridgeOnTheCommandLine(t *testing.T) {
	status, out, errs := slipway("explain", "--net", "bridge", "--publish", "8080:80", "--publish", "53:53/udp", "--subnet", "192.0.2.1/24", "--rootfs", "/r", "--", "/x")
	if status == 0 {
		require.Contains(t, out, "tcp 8080 leads to 80, udp 53 leads to 53")
		require.Contains(t, out, "192.0.2.1/24")
	} else { // the plan is for this machine
		require.Regexp(t, "without root nobody may add a device|net.ipv4.ip_forward", errs)
	}
	for want, args := range map[string][]string{
		"go with --net bridge":          {"--publish", "80:80"},
		"--publish 80 is no":            {"--net", "bridge", "--publish", "80"},
		"--publish 1:99999 is no":       {"--net", "bridge", "--publish", "1:99999"},
		"--publish 1:2/icmp is no":      {"--net", "bridge", "--publish", "1:2/icmp"},
		"--subnet here is no":           {"--net", "bridge", "--subnet", "here"},
		"--address there is no":         {"--net", "bridge", "--address", "there"},
		"--net token-ring is not known": {"--net", "token-ring"},
	} {
		status, _, errs := slipway(append(append([]string{"explain", "--rootfs", "/r"}, args...), "--", "/x")...)
		require.Equal(t, 1, status)
		require.Contains(t, errs, want)
	}
}
