package files

import (
	"errors"
	"iamcensus/snapshots"
	"io"
	"io/fs"

	"github.com/klauspost/compress/zstd"
)

// unreadable is the issue of what the operating system does not let us read.
func unreadable(what string, err error) *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "unreadable", Reason: what + " cannot be read: " + cause(err),
		Remedy: "check that it exists and its permissions, then ingest again",
	}
}

// readFailed is the issue of a file on disk that was opened and cannot be read.
func readFailed(err error) *snapshots.Issue {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &snapshots.Issue{
			Kind: "changed", Reason: "the file changed while it was read",
			Remedy: "ingest again when no program is writing to it",
		}
	}
	return unreadable("the file", err)
}

// damaged is the issue of content that contradicts its own headers, or of a limit
// that a stream exceeded.
func damaged(what string, err error) *snapshots.Issue {
	var exceeded *limitError
	switch {
	case errors.As(err, &exceeded):
		return exceeded.issue
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return &snapshots.Issue{Kind: "damaged", Reason: what + " is truncated", Remedy: "download it again, or remove it"}
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return &snapshots.Issue{
			Kind: "expansion", Reason: what + " needs more memory to unpack than allowed",
			Remedy: "unpack it with zstd --decompress --long=31, or compress it without --long and --ultra",
		}
	}
	return &snapshots.Issue{Kind: "damaged", Reason: what + " is damaged: " + cause(err), Remedy: "download it again, or remove it"}
}

// irregular is the issue of a file type that is not read, nil for a regular file.
func irregular(mode fs.FileMode) *snapshots.Issue {
	switch {
	case mode&fs.ModeSymlink != 0:
		return &snapshots.Issue{
			Kind: "symlink", Reason: "the file is a symbolic link, and links are not followed",
			Remedy: "replace it by the file that it points to; remove it if that file is ingested anyway",
		}
	case !mode.IsRegular():
		return &snapshots.Issue{
			Kind: "not_regular", Reason: "this is a device, pipe or socket, not a regular file", Remedy: "remove it",
		}
	}
	return nil
}

// cause is the error without the path, which the issue has beside it.
func cause(err error) string {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return UTF8Name(err.Error())
}
