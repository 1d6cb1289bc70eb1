package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/isolate"
)

// deviceLimit reads /dev/sda:read=10m,writes=100 or 8:0:read=10m.
func deviceLimit(text string) (limit isolate.DeviceLimit, err error) {
	wrong := func(why string) (isolate.DeviceLimit, error) {
		return limit, fmt.Errorf("--io %s: %s; /dev/sda:read=10m,writes=100 reads at most 10 MiB and writes at most 100 times a second", text, why)
	}
	colon := strings.LastIndexByte(text, ':')
	if colon < 0 {
		return wrong("it names no device and its limits")
	}
	if limit.Major, limit.Minor, err = deviceNumber(text[:colon]); err != nil {
		return wrong(err.Error())
	}
	for _, word := range strings.Split(text[colon+1:], ",") {
		name, value, _ := strings.Cut(word, "=")
		to := map[string]*int64{"read": &limit.ReadBytes, "write": &limit.WrittenBytes, "reads": &limit.Reads, "writes": &limit.Writes}[name]
		if to == nil || value == "" {
			return wrong(fmt.Sprintf("%q is no limit", word))
		}
		if *to, err = bytesOf(value); err != nil {
			return wrong(value + " is no number")
		}
	}
	return limit, nil
}

// deviceNumber is 8:0, or what the path of a block device stands for.
func deviceNumber(text string) (major, minor uint32, err error) {
	if first, second, ok := strings.Cut(text, ":"); ok {
		a, err := strconv.ParseUint(first, 10, 32)
		b, err2 := strconv.ParseUint(second, 10, 32)
		if err != nil || err2 != nil {
			return 0, 0, fmt.Errorf("%q is no device number", text)
		}
		return uint32(a), uint32(b), nil
	}
	return blockDevice(text)
}
