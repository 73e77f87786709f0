package files

// Batch is a run of files in the order of the walk. With hundreds of thousands of
// small files, passing each on alone would cost more than reading it.
type Batch struct {
	Files []File
	Bytes int64 // memory that reading and unpacking them may need
}

// A batch is full when it has this many files or bytes.
const (
	batchFiles = 64
	batchBytes = 1 << 20
)

// batcher collects files into batches.
type batcher struct {
	batch Batch
	emit  func(Batch) error
}

func (b *batcher) add(file File) error {
	if b.batch.Files == nil {
		b.batch.Files = make([]File, 0, batchFiles)
	}
	b.batch.Files = append(b.batch.Files, file)
	b.batch.Bytes += file.memory()
	if len(b.batch.Files) < batchFiles && b.batch.Bytes < batchBytes {
		return nil
	}
	return b.flush()
}

// addBatch adds the files of a batch that another batcher collected.
func (b *batcher) addBatch(batch Batch) error {
	for _, file := range batch.Files {
		if err := b.add(file); err != nil {
			return err
		}
	}
	return nil
}

func (b *batcher) flush() error {
	full := b.batch
	b.batch = Batch{}
	if len(full.Files) == 0 {
		return nil
	}
	return b.emit(full)
}
