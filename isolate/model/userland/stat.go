package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

// fileType is a type in words.
func fileType(st model.Stat) string {
	switch st.Mode & model.ModeType {
	case model.ModeDir:
		return "directory"
	case model.ModeLink:
		return "symbolic link"
	case model.ModeChar:
		return "character special file"
	case model.ModeBlock:
		return "block special file"
	case model.ModeFIFO:
		return "fifo"
	case model.ModeSocket:
		return "socket"
	}
	if st.Size == 0 {
		return "regular empty file"
	}
	return "regular file"
}

const statFormat = `  File: %N
  Size: %-10s	Blocks: %-10b IO Block: %-6o %F
Device: %Dh/%dd	Inode: %-10i  Links: %h
Access: (%04a/%10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)
Access: %x
Modify: %y
Change: %z
`

const statDevice = `  File: %N
  Size: %-10s	Blocks: %-10b IO Block: %-6o %F
Device: %Dh/%dd	Inode: %-10i  Links: %-5h Device type: %t,%T
Access: (%04a/%10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)
Access: %x
Modify: %y
Change: %z
`

func stat(c *cmd) int {
	f, status := c.parse(options{plain: "Lft", valued: "c", long: map[string]string{"format": "c="}})
	if status != 0 {
		return status
	}
	for _, path := range f.rest {
		st, e := c.Lstat(path)
		if f.has('L') || f.has('f') {
			st, e = c.Stat(path)
		}
		if e != model.OK {
			if f.has('f') {
				c.err("can't read file system information for '", path, "': ", e.Text())
			} else {
				c.err("can't stat '", path, "': ", e.Text())
			}
			continue
		}
		format := statFormat
		if kind := st.Mode & model.ModeType; kind == model.ModeChar || kind == model.ModeBlock {
			format = statDevice
		}
		if f.has('t') {
			format = "%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %o\n"
		}
		if f.has('c') {
			format = f.values['c'] + "\n"
		}
		if f.has('f') {
			format = strings.ReplaceAll(format, "%T", map[string]string{"tmpfs": "tmpfs", "overlay": "overlayfs", "proc": "proc", "sysfs": "sysfs", "cgroup2": "cgroup2fs"}[st.Kind])
		}
		c.put(c.statText(format, path, st))
	}
	return c.fail
}

// statText fills a format in; between the % and the letter may stand a width.
func (c *cmd) statText(format, path string, st model.Stat) string {
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' || i+1 == len(format) {
			b.WriteByte(format[i])
			continue
		}
		end := i + 1
		for end < len(format)-1 && strings.IndexByte("-0123456789#", format[end]) >= 0 {
			end++
		}
		spec := format[i+1 : end]
		word := c.statField(format[end], path, st)
		width := atoi(strings.TrimLeft(spec, "-0#"))
		switch {
		case strings.HasPrefix(spec, "-"):
			word = left(word, width)
		case strings.HasPrefix(spec, "0"):
			word = zeros(word, width)
		default:
			word = right(word, width)
		}
		b.WriteString(word)
		i = end
	}
	return b.String()
}

func (c *cmd) statField(letter byte, path string, st model.Stat) string {
	orUnknown := func(name string) string {
		if name == "" {
			return "UNKNOWN"
		}
		return name
	}
	switch letter {
	case 'n':
		return path
	case 'N':
		if st.Mode&model.ModeType == model.ModeLink {
			to, _ := c.Readlink(path)
			return "'" + path + "' -> '" + to + "'"
		}
		return path
	case 'a':
		return octal(st.Mode & 0o7777)
	case 'A':
		return modeText(st.Mode)
	case 'F':
		return fileType(st)
	case 'u':
		return itoa(int(st.UID))
	case 'U':
		return orUnknown(c.userName(st.UID))
	case 'g':
		return itoa(int(st.GID))
	case 'G':
		return orUnknown(c.groupName(st.GID))
	case 's':
		return itoa64(st.Size)
	case 'b':
		return itoa64(blocks(st))
	case 'B':
		return "512"
	case 'o':
		return "4096"
	case 'i':
		return itoa64(int64(st.Ino))
	case 'h':
		return itoa(st.Nlink)
	case 'f':
		return hexa(uint64(st.Mode))
	case 'd':
		return itoa(int(st.Dev))
	case 'D':
		return hexa(uint64(st.Dev))
	case 't':
		return hexa(uint64(st.Major))
	case 'T':
		return hexa(uint64(st.Minor))
	case 'x':
		return fullTime(st.Atime)
	case 'y':
		return fullTime(st.Mtime)
	case 'z':
		return fullTime(st.Ctime)
	case 'X':
		return itoa64(st.Atime)
	case 'Y':
		return itoa64(st.Mtime)
	case 'Z':
		return itoa64(st.Ctime)
	case '%':
		return "%"
	}
	return string(letter)
}
