package files

import (
	"errors"
	"iamcensus/snapshots"
	"io"
	"io/fs"

	"github.com/klauspost/compress/zstd"
)

// unreadable is the issue of what the system does not give.
func unreadable(what string, err error) *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "unreadable", Reason: what + " cannot be read: " + cause(err),
		Remedy: "mend it or its permissions and load again",
	}
}

// damaged is the issue of content that is not what its headers say, or of the
// bound that a stream passed.
func damaged(what string, err error) *snapshots.Issue {
	var passed *breach
	switch {
	case errors.As(err, &passed):
		return passed.issue
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return &snapshots.Issue{Kind: "damaged", Reason: what + " breaks off before its end", Remedy: "get it again"}
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return &snapshots.Issue{
			Kind: "expansion", Reason: what + " asks for more memory to unpack it than is allowed",
			Remedy: "unpack it with zstd --decompress --long=31, or pack it without --long and --ultra",
		}
	}
	return &snapshots.Issue{Kind: "damaged", Reason: what + " is damaged: " + cause(err), Remedy: "get it again"}
}

// irregular says why a thing with this mode is no file to read.
func irregular(mode fs.FileMode) *snapshots.Issue {
	switch {
	case mode&fs.ModeSymlink != 0:
		return &snapshots.Issue{
			Kind: "symlink", Reason: "this is a symbolic link, and links are not followed",
			Remedy: "put the file itself here; one below the same folder is read where it lies",
		}
	case !mode.IsRegular():
		return &snapshots.Issue{
			Kind: "not_regular", Reason: "this is no regular file but a device, pipe or socket", Remedy: "take it away",
		}
	}
	return nil
}

// cause is what went wrong, without the path, which stands beside it anyway.
func cause(err error) string {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return valid(err.Error())
}
