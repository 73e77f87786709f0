package formats

import (
	"bytes"
	"context"

	"github.com/apache/thrift/lib/go/thrift"
)

// thriftStruct reads structures of Thrift's compact protocol field by field. It allocates
// nothing beyond the bytes that it reads.
type thriftStruct struct {
	buffer   *thrift.TMemoryBuffer
	protocol *thrift.TCompactProtocol
}

func newThrift(data []byte) *thriftStruct {
	buffer := &thrift.TMemoryBuffer{Buffer: bytes.NewBuffer(data)}
	return &thriftStruct{buffer, thrift.NewTCompactProtocolConf(buffer, &thrift.TConfiguration{MaxMessageSize: int32(len(data))})}
}

var noContext = context.Background() // the protocol reads from memory

// fields reads a structure. read reads the value of a field.
func (t *thriftStruct) fields(read func(id int16, kind thrift.TType) error) error {
	if _, err := t.protocol.ReadStructBegin(noContext); err != nil {
		return err
	}
	for {
		_, kind, id, err := t.protocol.ReadFieldBegin(noContext)
		if err != nil {
			return err
		}
		if kind == thrift.STOP {
			return t.protocol.ReadStructEnd(noContext)
		}
		if err := read(id, kind); err != nil {
			return err
		}
	}
}

// list reads a list. element reads one of its elements.
func (t *thriftStruct) list(element func(kind thrift.TType) error) error {
	kind, n, err := t.protocol.ReadListBegin(noContext)
	for i := 0; i < n && err == nil; i++ {
		err = element(kind)
	}
	return err
}

func (t *thriftStruct) skip(kind thrift.TType) error {
	return thrift.Skip(noContext, t.protocol, kind, parquetDepth)
}

func (t *thriftStruct) int32() (int64, error) {
	n, err := t.protocol.ReadI32(noContext)
	return int64(n), err
}
