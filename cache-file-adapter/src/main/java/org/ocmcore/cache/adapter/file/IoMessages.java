package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Explains failures of file operations in plain words, without paths. */
final class IoMessages {
  private IoMessages() {}

  static String of(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "access is denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "another file is in the way";
    }
    if (e instanceof NoSuchFileException) {
      return "the file or its folder is gone";
    }
    if (e instanceof FileSystemException refused) {
      return refused.getReason() == null ? "the file system refuses" : refused.getReason();
    }
    if (e instanceof ClosedChannelException) {
      return "the file was closed or the thread interrupted";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
