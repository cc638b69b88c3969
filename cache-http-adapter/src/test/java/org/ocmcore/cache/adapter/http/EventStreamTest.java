package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobKind;
import org.ocmcore.cache.domain.job.JobSnapshot;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.testing.Bench;

class EventStreamTest {
  private static final String QUEUED = "event: progress\ndata: QUEUED 0\n\n";
  private static final String RUNNING = "event: progress\ndata: RUNNING %d\n\n";
  private static final String DONE =
      "event: progress\ndata: DONE %1$d\n\nevent: done\ndata: DONE %1$d\n\n";

  private final Bench bench = new Bench();
  private final Client client = new Client();
  private boolean isValid = true;

  private EventStream follow(Job job) {
    return new EventStream(new JobEventSource(job, EventStreamTest::text), client, () -> isValid);
  }

  private static String text(JobSnapshot job) {
    return job.state() + " " + job.progress().done();
  }

  private Job start(Task work) {
    return bench.jobs.start(JobKind.of("work"), progress -> {
      work.run(progress);
      return "result";
    });
  }

  private interface Task {
    void run(Progress progress);
  }

  @Test
  void eventsFollowTheChangesOfAJob() {
    EventStream[] stream = new EventStream[1];
    Job job = start(progress -> {
      stream[0].publish();
      assertEquals(RUNNING.formatted(0), client.take());
      stream[0].publish();
      assertEquals("", client.take());
      progress.advance(3, 0);
      progress.advance(4, 0);
      stream[0].publish();
      assertEquals(RUNNING.formatted(7), client.take());
    });
    stream[0] = follow(job);
    stream[0].onWritePossible();
    assertEquals(QUEUED, client.take());
    bench.executor.runAll();
    assertFalse(stream[0].ended().isDone());
    stream[0].publish();
    assertEquals(DONE.formatted(7), client.take());
    assertTrue(stream[0].ended().isDone());
  }

  @Test
  void aFinishedJobSendsOneState() {
    Job job = start(progress -> progress.advance(1, 0));
    bench.executor.runAll();
    EventStream stream = follow(job);
    stream.onWritePossible();
    assertEquals(DONE.formatted(1), client.take());
    assertTrue(stream.ended().isDone());
  }

  @Test
  void theLastEventIsNamedForTheState() {
    Job cancelled = start(progress -> {});
    bench.jobs.cancel(cancelled.id());
    follow(cancelled).onWritePossible();
    assertTrue(client.take().endsWith("event: cancelled\ndata: CANCELLED 0\n\n"));
    Job failed = start(progress -> {
      throw new DumpFailed("no space left on device");
    });
    bench.executor.runAll();
    follow(failed).onWritePossible();
    assertTrue(client.take().endsWith("event: failed\ndata: FAILED 0\n\n"));
  }

  @Test
  void aCommentKeepsAQuietStreamAlive() {
    EventStream stream = follow(start(progress -> {}));
    stream.onWritePossible();
    assertEquals(QUEUED, client.take());
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 3; i++) {
        stream.publish();
        assertEquals("", client.take());
      }
      stream.publish();
      assertEquals(":\n\n", client.take());
    }
  }

  @Test
  void nothingIsSentBeforeTheClientIsReady() {
    EventStream stream = follow(start(progress -> {}));
    stream.publish();
    assertEquals("", client.take());
    stream.onWritePossible();
    assertEquals(QUEUED, client.take());
  }

  @Test
  void aSlowClientGetsTheNewestState() {
    EventStream[] stream = new EventStream[1];
    Job job = start(progress -> {
      client.ready = false;
      for (int i = 0; i < 1_000; i++) {
        progress.advance(1, 0);
        stream[0].publish();
      }
      assertEquals("", client.take());
      client.ready = true;
      stream[0].onWritePossible();
      assertEquals(RUNNING.formatted(1), client.take());
      stream[0].publish();
      assertEquals(RUNNING.formatted(1_000), client.take());
    });
    stream[0] = follow(job);
    stream[0].onWritePossible();
    assertEquals(QUEUED, client.take());
    bench.executor.runAll();
  }

  @Test
  void aLateReaderGetsTheLastEvent() {
    Job job = start(progress -> {});
    EventStream stream = follow(job);
    stream.onWritePossible();
    client.take();
    client.ready = false;
    bench.executor.runAll();
    stream.publish();
    assertFalse(stream.ended().isDone());
    client.ready = true;
    stream.onWritePossible();
    assertEquals(DONE.formatted(0), client.take());
    assertTrue(stream.ended().isDone());
  }

  @Test
  void aLostClientEndsTheStream() {
    EventStream stream = follow(start(progress -> {}));
    client.gone = true;
    stream.onWritePossible();
    assertTrue(stream.ended().isDone());
    client.gone = false;
    stream.publish();
    stream.onWritePossible();
    assertEquals("", client.take());

    EventStream sent = follow(start(progress -> {}));
    sent.onError(new IOException("connection reset"));
    assertTrue(sent.ended().isDone());
    sent.onWritePossible();
    assertEquals("", client.take());
  }

  @Test
  void finishingSendsTheNewestState() {
    Job job = start(progress -> {});
    EventStream stream = follow(job);
    stream.onWritePossible();
    client.take();
    bench.jobs.cancel(job.id());
    stream.finish();
    assertTrue(client.take().endsWith("event: cancelled\ndata: CANCELLED 0\n\n"));
    assertTrue(stream.ended().isDone());

    EventStream other = follow(start(progress -> {}));
    other.onWritePossible();
    assertEquals(QUEUED, client.take());
    other.finish();
    assertEquals("", client.take());
    assertTrue(other.ended().isDone());
  }

  @Test
  void aStreamCanFinishBeforeItBegins() {
    EventStream stream = follow(start(progress -> {}));
    stream.finish();
    assertTrue(stream.ended().isDone());
    assertEquals("", client.take());
  }

  @Test
  void aCallerWhoIsInvalidGetsNothingMore() {
    Job job = start(progress -> {});
    EventStream stream = follow(job);
    stream.onWritePossible();
    assertEquals(QUEUED, client.take());
    isValid = false;
    bench.executor.runAll();
    stream.publish();
    assertEquals("", client.take());
    assertTrue(stream.ended().isDone());

    EventStream stopping = follow(job);
    stopping.finish();
    stopping.onWritePossible();
    assertEquals("", client.take());
    assertTrue(stopping.ended().isDone());
  }

  @Test
  void whatWaitsForAnInvalidCallerIsDropped() {
    Job job = start(progress -> {});
    EventStream stream = follow(job);
    stream.onWritePossible();
    client.take();
    client.ready = false;
    bench.executor.runAll();
    stream.publish();
    isValid = false;
    client.ready = true;
    stream.onWritePossible();
    assertEquals("", client.take());
    assertTrue(stream.ended().isDone());
  }

  /** A client that takes what it is sent when it is ready; holds the container's rules up. */
  private static final class Client extends ServletOutputStream {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private boolean ready = true;
    private boolean gone;
    private boolean asked;
    private int flushed;

    /** What has arrived since the last time. */
    String take() {
      String arrived = new String(written.toByteArray(), 0, flushed, StandardCharsets.UTF_8);
      assertEquals(flushed, written.size(), "something is written and not sent");
      written.reset();
      flushed = 0;
      return arrived;
    }

    @Override
    public boolean isReady() {
      asked = ready;
      return ready;
    }

    private void use() throws IOException {
      assertTrue(asked, "it is used without being asked whether it is ready");
      asked = false;
      if (gone) {
        throw new IOException("broken pipe");
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      use();
      written.write(bytes, offset, length);
    }

    @Override
    public void write(int one) {
      throw new AssertionError("one byte at a time");
    }

    @Override
    public void flush() throws IOException {
      use();
      flushed = written.size();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new AssertionError("it has one");
    }
  }
}
