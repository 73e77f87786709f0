package files

import (
	"syscall"
	"testing"
	"time"
)

// systemFolders are hostile folders that only this system can have.
var systemFolders []hostileFolder

// processorTime is the processor time of this process so far.
func processorTime(b *testing.B) time.Duration {
	process, err := syscall.GetCurrentProcess()
	if err != nil {
		b.Fatal(err)
	}
	var created, exited, kernel, user syscall.Filetime
	if err := syscall.GetProcessTimes(process, &created, &exited, &kernel, &user); err != nil {
		b.Fatal(err)
	}
	return time.Duration(ticks(kernel) + ticks(user))
}

// ticks is a duration in nanoseconds, of which a Filetime counts hundreds.
func ticks(t syscall.Filetime) int64 { return 100 * (int64(t.HighDateTime)<<32 + int64(t.LowDateTime)) }
