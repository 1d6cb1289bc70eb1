//go:build !linux

package main

import "errors"

// blockDevice needs Linux; a device's number can be given anywhere.
func blockDevice(string) (major, minor uint32, err error) {
	return 0, 0, errors.New("give the device's number, such as 8:0: only Linux can look it up")
}
