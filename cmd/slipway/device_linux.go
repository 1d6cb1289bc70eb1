package main

import (
	"fmt"
	"os"
	"syscall"
)

// blockDevice is the number of the device a path stands for. Source: makedev(3).
func blockDevice(path string) (major, minor uint32, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, 0, err
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok || st.Mode&syscall.S_IFMT != syscall.S_IFBLK {
		return 0, 0, fmt.Errorf("%s is no block device", path)
	}
	d := uint64(st.Rdev)
	return uint32(d>>8&0xfff | d>>32&^0xfff), uint32(d&0xff | d>>12&^0xff), nil
}
