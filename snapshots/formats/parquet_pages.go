package formats

import (
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/metadata"
	"github.com/apache/thrift/lib/go/thrift"
)

// Numbers of parquet.thrift.
const (
	dataPage       = 0
	dictionaryPage = 2
	dataPageV2     = 3
)

// pageHeader is the header of a page. Sizes are in bytes.
type pageHeader struct {
	kind, unpacked, packed int64
	values, rows           int64 // rows of a data page V2
	encoding               int64
	length                 int64 // of the header
}

// chunkCost is what the pages of one column of a row group cost.
type chunkCost struct {
	unpacked   int64 // bytes of all pages
	page       int64 // bytes in memory of the largest page
	dictionary int64 // the same of the dictionary
	deltas     bool  // a page has differences
}

// checkPages walks the headers of all pages of a row group that will be read. The library
// allocates what they state: bytes of a page, and entries of a dictionary or lengths of a
// page as many as there are values.
func (t *parquetTable) checkPages(group *file.RowGroupReader) error {
	memory := int64(0)
	for _, column := range t.columns {
		if column.empty {
			continue
		}
		chunk, err := group.MetaData().ColumnChunk(column.index)
		if err != nil {
			return column.wrap(err)
		}
		cost, err := t.checkChunk(chunk, group.NumRows())
		if err != nil {
			return column.wrap(err)
		}
		t.unpacked += cost.unpacked
		if err := t.checkExpansion(t.unpacked); err != nil {
			return err
		}
		if cost.deltas {
			if err := checkDeltas(group, column); err != nil {
				return column.wrap(err)
			}
		}
		memory += cost.page + cost.dictionary
	}
	if memory > parquetMemory {
		return parquetErrorf("a row group needs more than the maximum of %d bytes; write smaller row groups or pages", parquetMemory)
	}
	return nil
}

// checkChunk walks the pages of a column in a row group.
func (t *parquetTable) checkChunk(chunk *metadata.ColumnChunkMetaData, rows int64) (cost chunkCost, err error) {
	at := chunk.DataPageOffset()
	if chunk.HasDictionaryPage() && chunk.DictionaryPageOffset() > 0 {
		if chunk.DictionaryPageOffset() > at {
			return cost, parquetErrorf("a dictionary is behind its pages")
		}
		at = chunk.DictionaryPageOffset()
	}
	if chunk.NumValues() > rows {
		return cost, parquetErrorf("a column has more values than its row group has rows")
	}
	for left, pages := chunk.NumValues(), int64(0); left > 0; pages++ {
		if err := t.ctx.Err(); err != nil {
			return cost, err
		}
		header, err := t.pageAt(at)
		if err != nil {
			return cost, err
		}
		if err := header.check(left, pages > chunk.NumValues()+2); err != nil {
			return cost, err
		}
		cost.add(header)
		if header.kind != dictionaryPage {
			left -= header.values
		}
		at += header.length + header.packed
		if t.pageBytes += header.length + header.packed; t.pageBytes > int64(len(t.data)) {
			return cost, parquetErrorf("its columns overlap")
		}
	}
	return cost, nil
}

// check compares a page with its column, which lacks as many values.
func (h *pageHeader) check(left int64, isSurplus bool) error {
	switch {
	case h.kind != dataPage && h.kind != dictionaryPage && h.kind != dataPageV2:
		return parquetErrorf("it has a page of an unknown type")
	case h.unpacked < 0 || h.unpacked > parquetPage || h.packed > parquetPage:
		return parquetErrorf("a page has more than the maximum of %d bytes; write smaller pages", parquetPage)
	case h.encoding == deltaByteArray && h.unpacked > parquetDelta:
		return parquetErrorf("a page of DELTA_BYTE_ARRAY has more than the maximum of %d bytes; write smaller pages", parquetDelta)
	case h.values < 0 || h.values > left || h.kind == dataPageV2 && h.rows != h.values || isSurplus:
		return parquetErrorf("its pages have not as many values as their column")
	}
	return nil
}

// Memory of a value besides its page: of a text in a dictionary, while that grows, and of
// the lengths of texts.
const (
	dictionaryEntry = 48
	textLengths     = 8
)

func (c *chunkCost) add(h *pageHeader) {
	c.unpacked += h.unpacked
	if h.kind == dictionaryPage {
		c.dictionary += h.packed + h.unpacked + dictionaryEntry*h.values
		return
	}
	c.deltas = c.deltas || isDelta(h.encoding)
	c.page = max(c.page, h.packed+h.unpacked+textLengths*h.values)
}

// pageAt reads the header of the page at an offset.
func (t *parquetTable) pageAt(at int64) (*pageHeader, error) {
	size := int64(len(t.data))
	if at < 0 || at >= size {
		return nil, parquetErrorf("a page is outside the file")
	}
	h := &pageHeader{}
	data := t.data[at:min(at+parquetHeader, size)]
	fields := newThrift(data)
	if err := fields.fields(func(id int16, kind thrift.TType) error { return h.field(fields, id, kind) }); err != nil {
		return nil, parquetErrorf("the header of a page cannot be read")
	}
	h.length = int64(len(data)) - int64(fields.buffer.RemainingBytes())
	if h.packed < 0 || h.packed > size-at-h.length {
		return nil, parquetErrorf("a page ends outside the file")
	}
	return h, nil
}

// field reads a field of PageHeader.
func (h *pageHeader) field(t *thriftStruct, id int16, kind thrift.TType) (err error) {
	switch {
	case id == 1 && kind == thrift.I32:
		h.kind, err = t.int32()
	case id == 2 && kind == thrift.I32:
		h.unpacked, err = t.int32()
	case id == 3 && kind == thrift.I32:
		h.packed, err = t.int32()
	case kind == thrift.STRUCT && (id == 5 || id == 7 || id == 8):
		return t.fields(func(sub int16, kind thrift.TType) error { return h.subfield(t, id, sub, kind) })
	default:
		return t.skip(kind)
	}
	return err
}

// subfield reads a field of DataPageHeader, DictionaryPageHeader or DataPageHeaderV2. In
// each the first is the number of values; a file with several of them has the largest.
func (h *pageHeader) subfield(t *thriftStruct, id, sub int16, kind thrift.TType) error {
	isEncoding := id == 8 && sub == 4 || id != 8 && sub == 2
	isRows := id == 8 && sub == 3
	if kind != thrift.I32 || sub != 1 && !isEncoding && !isRows {
		return t.skip(kind)
	}
	n, err := t.int32()
	switch {
	case sub == 1 && n < 0:
		h.values = -1
	case sub == 1 && h.values >= 0:
		h.values = max(h.values, n)
	case isEncoding:
		h.encoding = max(h.encoding, n)
	case isRows:
		h.rows = n
	}
	return err
}
