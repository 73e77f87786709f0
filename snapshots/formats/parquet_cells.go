package formats

import (
	"math"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/schema"
)

// readNulls reads a column without values, whatever its type.
func readNulls(file.ColumnChunkReader) cellReader {
	return func(cells []tableCell) error {
		for i := range cells {
			cells[i] = tableCell{kind: null}
		}
		return nil
	}
}

// cellsOf gives the reader of a column, nil for a type that is not read, such as a
// nested one.
func cellsOf(column *schema.Column) func(file.ColumnChunkReader) cellReader {
	if column.MaxRepetitionLevel() > 0 || column.MaxDefinitionLevel() > 1 {
		return nil
	}
	level := column.MaxDefinitionLevel()
	switch column.PhysicalType() {
	case parquet.Types.ByteArray:
		return func(c file.ColumnChunkReader) cellReader {
			return cells(c.(*file.ByteArrayColumnChunkReader), level, func(b parquet.ByteArray) string { return string(b) })
		}
	case parquet.Types.Boolean:
		return func(c file.ColumnChunkReader) cellReader {
			return cells(c.(*file.BooleanColumnChunkReader), level, strconv.FormatBool)
		}
	case parquet.Types.Int96: // a time, in files of Spark and Hive
		return func(c file.ColumnChunkReader) cellReader {
			return cells(c.(*file.Int96ColumnChunkReader), level, func(t parquet.Int96) string { return timeText(t.ToTime()) })
		}
	case parquet.Types.Double: // ids and flags with gaps, in files of pandas
		return func(c file.ColumnChunkReader) cellReader {
			return cells(c.(*file.Float64ColumnChunkReader), level, floatText)
		}
	case parquet.Types.Float:
		return func(c file.ColumnChunkReader) cellReader {
			return cells(c.(*file.Float32ColumnChunkReader), level, func(f float32) string { return floatText(float64(f)) })
		}
	case parquet.Types.Int64:
		return func(c file.ColumnChunkReader) cellReader {
			return cells(c.(*file.Int64ColumnChunkReader), level, int64Text(column))
		}
	case parquet.Types.Int32:
		return func(c file.ColumnChunkReader) cellReader {
			return cells(c.(*file.Int32ColumnChunkReader), level, func(n int32) string { return strconv.Itoa(int(n)) })
		}
	}
	return nil
}

// floatText gives no text for NaN, which is null in files of pandas.
func floatText(f float64) string {
	if math.IsNaN(f) {
		return ""
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// int64Text gives the text of a timestamp, or else of the number, which may be an
// account id or a flag.
func int64Text(column *schema.Column) func(int64) string {
	if timestamp, ok := column.LogicalType().(schema.TimestampLogicalType); ok {
		switch timestamp.TimeUnit() {
		case schema.TimeUnitMillis:
			return func(n int64) string { return timeText(time.UnixMilli(n)) }
		case schema.TimeUnitMicros:
			return func(n int64) string { return timeText(time.UnixMicro(n)) }
		case schema.TimeUnitNanos:
			return func(n int64) string { return timeText(time.Unix(0, n)) }
		}
	}
	return func(n int64) string { return strconv.FormatInt(n, 10) }
}

func timeText(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// pageReader is common to the column readers of all types. One call stays within a
// page, since text values share its memory, which the next page overwrites.
type pageReader[T any] interface {
	ReadBatchInPage(size int64, values []T, definitions, repetitions []int16) (total int64, read int, err error)
}

// cells reads a column. A null has a definition level below nulls, which is 0 for a
// column without nulls.
func cells[T any](column pageReader[T], nulls int16, text func(T) string) cellReader {
	var values [parquetBatch]T
	var levels [parquetBatch]int16
	return func(cells []tableCell) error {
		for len(cells) > 0 {
			total, read, err := column.ReadBatchInPage(int64(len(cells)), values[:], levels[:], nil)
			if err != nil {
				return err
			}
			if total <= 0 {
				return parquetErrorf("it has fewer rows than its row group")
			}
			rest := values[:read]
			for i := range cells[:total] {
				if levels[i] < nulls {
					cells[i] = tableCell{kind: null}
					continue
				}
				cells[i] = tableText(text(rest[0]))
				if len(cells[i].text) > parquetCell {
					return parquetErrorf("a cell has %d bytes, more than the maximum of %d", len(cells[i].text), parquetCell)
				}
				rest = rest[1:]
			}
			cells = cells[total:]
		}
		return nil
	}
}
