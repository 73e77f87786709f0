//go:build !linux

package cli

import (
	"errors"
	"os"
)

// nameless needs Linux.
func nameless(string) (*os.File, error) { return nil, errors.ErrUnsupported }

func link(*os.File, string) error { return errors.ErrUnsupported }
