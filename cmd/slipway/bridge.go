package main

import (
	"errors"
	"flag"
	"fmt"
	"net/netip"
	"os"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/isolate"
)

func (c *containerFlags) bridgeFlags(f *flag.FlagSet) {
	f.StringVar(&c.spec.Bridge.Name, "bridge", "", "`name` of the bridge of --net bridge; slipway0 if it is left out")
	f.StringVar(&c.subnet, "subnet", "", "`ADDRESS/LENGTH` of the bridge itself; 10.213.0.1/16 if it is left out")
	f.StringVar(&c.address, "address", "", "the container's `address` on the bridge; a free one if it is left out")
	f.Var(&c.publish, "publish", "`OUTSIDE:INSIDE[/udp]`: who connects to the port on the machine reaches the container's; again for more")
	f.StringVar(&c.spec.Bridge.Resolver, "resolv-conf", "", "`file` that becomes /etc/resolv.conf with --net bridge; the machine's if it is left out")
}

// bridge reads what is said of the bridge.
func (c *containerFlags) bridge(s *isolate.Spec) (err error) {
	if s.Network != isolate.Bridged {
		if len(c.publish) > 0 || c.subnet+c.address+s.Bridge.Name+s.Bridge.Resolver != "" {
			return errors.New("--publish, --bridge, --subnet, --address and --resolv-conf go with --net bridge")
		}
		return nil
	}
	if c.subnet != "" {
		if s.Bridge.Gateway, err = netip.ParsePrefix(c.subnet); err != nil {
			return fmt.Errorf("--subnet %s is no address with a length; 10.213.0.1/16 is", c.subnet)
		}
	}
	if c.address != "" {
		if s.Bridge.Address, err = netip.ParseAddr(c.address); err != nil {
			return fmt.Errorf("--address %s is no address; 10.213.0.7 is", c.address)
		}
	}
	for _, text := range c.publish {
		p, err := port(text)
		if err != nil {
			return err
		}
		s.Bridge.Ports = append(s.Bridge.Ports, p)
	}
	if s.Bridge.Resolver == "" && s.Rootfs != "" {
		s.Bridge.Resolver = resolver()
	}
	return nil
}

func port(text string) (p isolate.Port, err error) {
	numbers, protocol, _ := strings.Cut(text, "/")
	outside, inside, both := strings.Cut(numbers, ":")
	a, err := strconv.ParseUint(outside, 10, 16)
	b, err2 := strconv.ParseUint(inside, 10, 16)
	if !both || err != nil || err2 != nil || protocol != "" && protocol != "tcp" && protocol != "udp" {
		return p, fmt.Errorf("--publish %s is no OUTSIDE:INSIDE[/udp]; 8080:80 is", text)
	}
	return isolate.Port{Outside: uint16(a), Inside: uint16(b), UDP: protocol == "udp"}, nil
}

// resolver is the file that says who looks names up. That of systemd-resolved names the machine itself, which is not to be reached from
// a container; beside it lies another one.
func resolver() string {
	const file, beside = "/etc/resolv.conf", "/run/systemd/resolve/resolv.conf"
	text, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	if _, err := os.Stat(beside); err == nil && strings.Contains(string(text), "nameserver 127.0.0.53") {
		return beside
	}
	return file
}
