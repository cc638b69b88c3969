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
  private static final byte[] DONE = ascii("HD");
  private static final byte[] END = ascii("\r\n");
  private static final byte[] VERSION = ascii("VERSION 1.6.38\r\n");

  /** Longer than any opaque. */
  private static final int MAX_WORD = 64;

  private static final byte[] NOTHING = ascii("MN\r\n");
  private static final byte[] UNKNOWN = ascii("ERROR\r\n");

  private final ServerSocket listener;
  private final byte[] dump;
  private final byte[] itemHead;
  private final byte[] itemBody;

  private CannedPeer(byte[] dump, byte[] itemHead, byte[] itemBody) throws IOException {
    this.dump = dump;
    this.itemHead = itemHead;
    this.itemBody = itemBody;
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
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(END);
    body.write(value(valueBytes));
    body.write(END);
    return new CannedPeer(
        dump.toByteArray(), ascii("VA %d f0 t-1".formatted(valueBytes)), body.toByteArray());
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

    /** The first two bytes of the line, how many it has, and whether it asks for a value. */
    private byte first;

    private byte second;
    private int length;
    private boolean asksForValue;

    /** The last word of the last line of a command, with the space before it: its opaque. */
    private final byte[] word = new byte[MAX_WORD];

    private int wordLength;

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
        length++;
        if (first != FILLING) {
          takeWord(b);
        }
      }
    }

    private void takeWord(byte b) {
      if (b == ' ') {
        asksForValue |= wordLength == 2 && word[1] == 'v';
        wordLength = 0;
      }
      word[wordLength] = b;
      wordLength = Math.min(wordLength + 1, MAX_WORD - 1);
    }

    private void endLine() throws IOException {
      length = 0;
      if (first == 'm') {
        answerMeta();
      } else if (first == FILLING) {
        // The value of what is to be stored.
        addDone();
      } else if (first == 'l') {
        add(dump);
      } else if (first == 's') {
        add(ascii("STAT time %d\r\nSTAT uptime 100\r\nSTAT item_size_max 1048576\r\nEND\r\n"
            .formatted(Instant.now().getEpochSecond())));
      } else if (first == 'v') {
        add(VERSION);
      } else {
        add(UNKNOWN);
      }
      asksForValue = false;
    }

    private void answerMeta() throws IOException {
      if (second == 'n') {
        add(NOTHING);
      } else if (second == 'g' && asksForValue) {
        add(itemHead);
        add(word, wordLength);
        add(itemBody);
      } else if (second != 's') {
        addDone();
      }
    }

    private void addDone() throws IOException {
      add(DONE);
      add(word, wordLength);
      add(END);
    }

    private void add(byte[] answer) throws IOException {
      add(answer, answer.length);
    }

    private void add(byte[] answer, int count) throws IOException {
      if (answered + count > BUFFER) {
        flush();
      }
      if (count > BUFFER) {
        out.write(answer, 0, count);
      } else {
        System.arraycopy(answer, 0, answers, answered, count);
        answered += count;
      }
    }

    private void flush() throws IOException {
      out.write(answers, 0, answered);
      answered = 0;
    }
  }
}
