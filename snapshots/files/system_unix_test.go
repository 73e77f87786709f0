//go:build unix

package files

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// systemFolders are hostile folders that only this system can have.
var systemFolders = []hostileFolder{
	{"pipe", func(t *testing.T, root string) {
		if err := syscall.Mkfifo(filepath.Join(root, "pipe"), 0o644); err != nil {
			t.Skip(err)
		}
	}, []string{"pipe {not_regular}"}},
	{"device", func(t *testing.T, root string) {
		if err := syscall.Mknod(filepath.Join(root, "zero"), syscall.S_IFCHR|0o644, 1<<8|5); err != nil {
			t.Skip(err)
		}
	}, []string{"zero {not_regular}"}},
}

// processorTime is the processor time of this process so far.
func processorTime(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// TestSwappedPipe puts a pipe, which nobody writes to, in the place of a file that was
// just examined.
func TestSwappedPipe(t *testing.T) {
	for _, size := range []int{1, smallFileBytes + 1} {
		root := write(t, entry{name: "a.csv", body: zeros(size)})
		o := defaults()
		o.Unchanged = func(path string) func(File) bool {
			return func(File) bool {
				if err := errors.Join(os.Remove(path), syscall.Mkfifo(path, 0o644)); err != nil {
					t.Skip(err)
				}
				return false
			}
		}
		same(t, walked(t, root, o), "a.csv {unreadable}")
	}
}
