package snapshots

import (
	"fmt"
	"runtime/debug"
)

// Crash is an error of the program itself: a panic, and where it happened.
type Crash struct {
	Reason any
	Stack  []byte
}

func (c *Crash) Error() string {
	return fmt.Sprintf("internal error: %v; please report this", c.Reason)
}

// Guarded is do with a panic as its error. In a goroutine, a panic would end the process.
func Guarded(do func() error) func() error {
	return func() (err error) {
		defer func() {
			if reason := recover(); reason != nil {
				err = &Crash{reason, debug.Stack()}
			}
		}()
		return do()
	}
}
