package formats

import (
	"encoding/binary"

	"github.com/apache/arrow-go/v18/parquet/file"
)

// Encodings whose numbers are differences, in blocks of a size that the page states.
// The library fills a block as a whole, even if its numbers take no bytes.
const (
	deltaBinaryPacked    = 5
	deltaLengthByteArray = 6
	deltaByteArray       = 7
)

const maxDeltaBlock = 1 << 16 // numbers; writers use 128 to 2,048

func isDelta(encoding int64) bool {
	return encoding >= deltaBinaryPacked && encoding <= deltaByteArray
}

// checkDeltas unpacks the pages of a column, and bounds their blocks.
func checkDeltas(group *file.RowGroupReader, column parquetColumn) error {
	pages, err := group.GetColumnPageReader(column.index)
	if err != nil {
		return err
	}
	for pages.Next() {
		page := pages.Page()
		if !isDelta(int64(page.Encoding())) {
			continue
		}
		rest, ok := valuesOf(page, column.nulls)
		if rest, ok = afterDeltas(rest, ok); page.Encoding() == deltaByteArray {
			_, ok = afterDeltas(rest, ok) // the lengths of prefixes, then those of suffixes
		}
		if !ok {
			return parquetErrorf("a page of differences is damaged, or has blocks of more than %d numbers", maxDeltaBlock)
		}
	}
	return pages.Err()
}

// valuesOf is a data page without the levels before its values.
func valuesOf(page file.Page, hasLevels bool) (values []byte, ok bool) {
	data, levels := page.Data(), int64(0)
	switch page := page.(type) {
	case *file.DataPageV1:
		if hasLevels && len(data) >= 4 {
			levels = 4 + int64(binary.LittleEndian.Uint32(data))
		}
	case *file.DataPageV2:
		levels = int64(page.DefinitionLevelByteLen()) + int64(page.RepetitionLevelByteLen())
	}
	if levels > int64(len(data)) {
		return nil, false
	}
	return data[levels:], true
}

// afterDeltas gives what follows a list of numbers in blocks.
func afterDeltas(data []byte, ok bool) (rest []byte, isValid bool) {
	number := func() uint64 {
		n, length := binary.Uvarint(data)
		ok = ok && length > 0
		data = data[max(length, 0):]
		return n
	}
	block, parts, left := number(), number(), number()
	number() // the first one, with which the differences begin
	if !ok || block > maxDeltaBlock || parts == 0 || parts > block {
		return nil, false
	}
	for left = max(left, 1) - 1; left > 0; {
		number() // the smallest difference of the block
		if !ok || parts > uint64(len(data)) {
			return nil, false
		}
		widths := data[:parts]
		data = data[parts:]
		for i := 0; i < len(widths) && left > 0; i++ {
			size := uint64(widths[i]) * (block / parts) / 8
			if size > uint64(len(data)) {
				return nil, false
			}
			data = data[size:]
			left -= min(left, block/parts)
		}
	}
	return data, true
}
