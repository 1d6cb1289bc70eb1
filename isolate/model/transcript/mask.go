package transcript

import (
	"regexp"
	"strconv"
)

var (
	namespaces = regexp.MustCompile(`\[402\d{7}\]`)
	pids       = regexp.MustCompile(`\b42\d\d\b`)
	times      = regexp.MustCompile(`\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2} +(\d\d:\d\d|\d{4})\b`)
	pingTimes  = regexp.MustCompile(`time=[\d.]+ ms|= [\d.]+/[\d.]+/[\d.]+ ms`)
	macs       = regexp.MustCompile(`\b([0-9a-f]{2}:){5}[0-9a-f]{2}\b`)
)

// Mask replaces what differs from one run to the next: namespace identities, process ids, times, hardware addresses.
func Mask(text string) string {
	seen := map[string]string{}
	text = namespaces.ReplaceAllStringFunc(text, func(id string) string {
		if seen[id] == "" {
			seen[id] = "[<ns:" + strconv.Itoa(len(seen)+1) + ">]"
		}
		return seen[id]
	})
	text = pids.ReplaceAllString(text, "<pid>")
	text = times.ReplaceAllString(text, "<time>")
	text = pingTimes.ReplaceAllString(text, "<time>")
	return macs.ReplaceAllStringFunc(text, func(mac string) string {
		if mac == "00:00:00:00:00:00" || mac == "ff:ff:ff:ff:ff:ff" {
			return mac
		}
		return "<mac>"
	})
}
