package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What of an audit log can fail on a full disk. Tests make it fail. */
interface AuditDisk {
  /** The local file system. */
  AuditDisk LOCAL = new AuditDisk() {
    @Override
    public void write(RandomAccessFile file, byte[] bytes) throws IOException {
      file.write(bytes);
    }

    @Override
    public long usableBytes(Path folder) throws IOException {
      if (!Files.isDirectory(folder)) {
        throw new NoSuchFileException(folder.toString());
      }
      // Not that of the FileStore, which reads the table of all mounts each time.
      return folder.toFile().getUsableSpace();
    }
  };

  /** Writes where the file stands. If it fails, a part may be written. */
  void write(RandomAccessFile file, byte[] bytes) throws IOException;

  /** The bytes that can still be written there. */
  long usableBytes(Path folder) throws IOException;
}
