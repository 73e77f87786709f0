package formats

import (
	"errors"

	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
)

// boundedCodec fills the buffer of a page and no more. The codecs of the Parquet library
// for Snappy and zstd allocate what the compressed bytes claim.
type boundedCodec struct {
	compress.Codec // for writing
	decode         func(page, packed []byte) ([]byte, error)
}

func (c boundedCodec) Decode(page, packed []byte) []byte {
	out, err := c.decode(page, packed)
	if err != nil {
		panic(err)
	}
	return out
}

func (c boundedCodec) DecodeWithError(page, packed []byte) ([]byte, error) {
	return c.decode(page, packed)
}

func init() {
	for compression, decode := range map[compress.Compression]func(page, packed []byte) ([]byte, error){
		compress.Codecs.Snappy: decodeSnappy,
		compress.Codecs.Zstd:   decodeZstd,
	} {
		if standard, err := compress.GetCodec(compression); err == nil {
			compress.RegisterCodec(compression, boundedCodec{standard, decode})
		}
	}
}

func decodeSnappy(page, packed []byte) ([]byte, error) {
	if n, err := snappy.DecodedLen(packed); err != nil || n != len(page) {
		return nil, errors.New("snappy: another size than that of the page")
	}
	return snappy.Decode(page, packed)
}

var zstdDecoder, _ = zstd.NewReader(nil, zstd.WithDecodeAllCapLimit(true)) // these options give no error

func decodeZstd(page, packed []byte) ([]byte, error) {
	return zstdDecoder.DecodeAll(packed, page[:0:len(page)])
}
