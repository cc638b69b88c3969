package org.ocmcore.cache.benchmarks.peer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.ocmcore.cache.benchmarks.load.KeyNames;

/**
 * A memcached that has all its answers ready, and allocates nothing to give them: it tells its
 * keys, and says of any item that it has it, and of any change that it is made.
 */
public final class CannedPeer implements AutoCloseable {
  /** What values consist of; no command begins with it. */
  private static final byte FILLING = 'x';

  private static final int BUFFER = 64 * 1024;
  private static final byte[] DONE = ascii("HD\r\n");
  private static final byte[] NOTHING = ascii("MN\r\n");
  private static final byte[] UNKNOWN = ascii("ERROR\r\n");

  private final ServerSocket listener;
  private final byte[] dump;
  private final byte[] item;

  private CannedPeer(byte[] dump, byte[] item) throws IOException {
    this.dump = dump;
    this.item = item;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  /**
   * One with so many keys of 30 bytes, as {@link KeyNames} names them.
   *
   * @param valueBytes the length of every value, from 1
   */
  public static CannedPeer of(int keys, int valueBytes) throws IOException {
    KeyNames names = new KeyNames(30);
    long now = Instant.now().getEpochSecond();
    ByteArrayOutputStream dump = new ByteArrayOutputStream();
    for (int i = 0; i < keys; i++) {
      dump.write(ascii("key=%s exp=%d la=%d cas=%d fetch=no cls=3 size=122\n"
          .formatted(names.text(i).replace(":", "%3A"), i % 2 == 0 ? -1 : now + 86_400, now, i)));
    }
    dump.write(ascii("END\r\n"));
    ByteArrayOutputStream item = new ByteArrayOutputStream();
    item.write(ascii("VA %d f0 t-1\r\n".formatted(valueBytes)));
    item.write(value(valueBytes));
    item.write(ascii("\r\n"));
    return new CannedPeer(dump.toByteArray(), item.toByteArray());
  }

  /** A value that it can be sent. */
  public static byte[] value(int length) {
    byte[] value = new byte[length];
    Arrays.fill(value, FILLING);
    return value;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        daemon(() -> serve(socket));
      }
    } catch (IOException closed) {
      // That is how it ends.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      new Conversation(socket.getInputStream(), socket.getOutputStream()).run();
    } catch (IOException ended) {
      // The client's affair.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "canned-peer");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  /** What one client asks and is answered. */
  private final class Conversation {
    private final InputStream in;
    private final OutputStream out;
    private final byte[] taken = new byte[BUFFER];
    private final byte[] answers = new byte[BUFFER];
    private int answered;

    /** The first two bytes of the line, the last of it but its end, and how many it has. */
    private byte first;

    private byte second;
    private byte last;
    private int length;

    Conversation(InputStream in, OutputStream out) {
      this.in = in;
      this.out = out;
    }

    void run() throws IOException {
      for (int count = in.read(taken); count >= 0; count = in.read(taken)) {
        for (int i = 0; i < count; i++) {
          take(taken[i]);
        }
        flush();
      }
    }

    private void take(byte b) throws IOException {
      if (b == '\n') {
        endLine();
      } else if (b != '\r') {
        first = length == 0 ? b : first;
        second = length == 1 ? b : second;
        last = b;
        length++;
      }
    }

    private void endLine() throws IOException {
      length = 0;
      if (first == 'm') {
        answerMeta();
      } else if (first == FILLING) {
        // The value of what is to be stored.
        add(DONE);
      } else if (first == 'l') {
        add(dump);
      } else if (first == 's') {
        add(ascii("STAT time %d\r\nSTAT uptime 100\r\nSTAT item_size_max 1048576\r\nEND\r\n"
            .formatted(Instant.now().getEpochSecond())));
      } else {
        add(UNKNOWN);
      }
    }

    private void answerMeta() throws IOException {
      if (second == 'n') {
        add(NOTHING);
      } else if (second == 'g' && last == 'v') {
        add(item);
      } else if (second != 's') {
        add(DONE);
      }
    }

    private void add(byte[] answer) throws IOException {
      if (answered + answer.length > BUFFER) {
        flush();
      }
      if (answer.length > BUFFER) {
        out.write(answer);
      } else {
        System.arraycopy(answer, 0, answers, answered, answer.length);
        answered += answer.length;
      }
    }

    private void flush() throws IOException {
      out.write(answers, 0, answered);
      answered = 0;
    }
  }
}
