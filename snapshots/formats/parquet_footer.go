package formats

import (
	"bytes"
	"encoding/binary"
	"errors"

	"github.com/apache/thrift/lib/go/thrift"
)

// parquetShape is what a footer states, which the library would allocate before any of
// it can be checked.
type parquetShape struct {
	*thriftStruct
	columns int     // maximum
	leaves  int     // columns so far
	nodes   int     // elements of the schema so far
	open    []int64 // children that the groups around the next element lack
	chunks  int
}

// checkFooter bounds the size of the footer, the depth and the columns of the schema, and
// the row groups.
func checkFooter(data []byte, columns int) error {
	if len(data) < 12 || !bytes.HasSuffix(data, []byte("PAR1")) {
		return parquetErrorf("it has no footer")
	}
	end := len(data) - 8
	size := int64(binary.LittleEndian.Uint32(data[end:]))
	switch {
	case size > parquetFooter:
		return parquetErrorf("its footer has %d bytes, more than the maximum of %d; write larger row groups", size, parquetFooter)
	case size == 0 || size > int64(end):
		return parquetErrorf("it has no footer")
	}
	shape := parquetShape{thriftStruct: newThrift(data[end-int(size) : end]), columns: columns}
	err := shape.fields(shape.field)
	var limit *limitError
	var known *parquetError
	if err != nil && !errors.As(err, &limit) && !errors.As(err, &known) {
		return parquetErrorf("its footer cannot be read")
	}
	return err
}

// field reads a field of FileMetaData (parquet-format, parquet.thrift).
func (s *parquetShape) field(id int16, kind thrift.TType) error {
	switch {
	case id == 2 && kind == thrift.LIST:
		return s.list(s.element)
	case id == 4 && kind == thrift.LIST:
		return s.list(s.group)
	}
	return s.skip(kind)
}

// element reads a SchemaElement. The elements are the nodes of a tree in depth-first order.
func (s *parquetShape) element(kind thrift.TType) error {
	if kind != thrift.STRUCT {
		return s.skip(kind)
	}
	children := int64(0)
	err := s.fields(func(id int16, kind thrift.TType) (err error) {
		if id != 5 || kind != thrift.I32 {
			return s.skip(kind)
		}
		children, err = s.int32()
		return err
	})
	for n := len(s.open); n > 0 && s.open[n-1] == 0; n-- {
		s.open = s.open[:n-1]
	}
	if n := len(s.open); n > 0 {
		s.open[n-1]--
	}
	if children > 0 {
		s.open = append(s.open, children)
	} else {
		s.leaves++
	}
	switch s.nodes++; {
	case err != nil:
		return err
	case len(s.open) > parquetDepth:
		return parquetErrorf("its columns are nested more than %d levels deep", parquetDepth)
	case s.leaves > s.columns || s.nodes > 4*s.columns:
		return tooManyColumns(s.columns)
	}
	return nil
}

// group reads a RowGroup.
func (s *parquetShape) group(kind thrift.TType) error {
	if kind != thrift.STRUCT {
		return s.skip(kind)
	}
	return s.fields(func(id int16, kind thrift.TType) error {
		if id != 1 || kind != thrift.LIST {
			return s.skip(kind)
		}
		return s.list(func(kind thrift.TType) error {
			if s.chunks++; s.chunks > parquetChunks {
				return parquetErrorf("it has more than %d column chunks; write larger row groups", parquetChunks)
			}
			return s.skip(kind)
		})
	})
}
