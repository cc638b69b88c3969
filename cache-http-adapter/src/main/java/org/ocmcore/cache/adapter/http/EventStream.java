package org.ocmcore.cache.adapter.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobSnapshot;

/**
 * What one client is sent of one job, in the form of server-sent events. Nothing waits for the
 * client: while it has not read what was sent, no more is made, and then it gets the newest. For
 * any number of threads.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the form</a>
 */
final class EventStream implements WriteListener {
  /** After so many looks without news a comment is sent, so that nobody takes it for dead. */
  private static final int QUIET_LOOKS = 4;

  private final Job job;
  private final Function<JobSnapshot, String> json;
  private final ServletOutputStream out;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /** What is to be sent next, or empty. */
  private final StringBuilder waiting = new StringBuilder();

  private boolean flushed = true;
  private String lastTold = "";
  private int quietLooks;

  /** The client can be sent something. */
  private boolean begun;

  /** Nothing comes after what is waiting. */
  private boolean last;

  /** The client is gone or has all: what it was sent by belongs to others now. */
  private boolean over;

  /** @param json what is told of a job, on one line */
  EventStream(Job job, Function<JobSnapshot, String> json, ServletOutputStream out) {
    this.job = job;
    this.json = json;
    this.out = out;
  }

  /** Completed when all is sent or the client is gone. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  /** Sends what is new of the job, unless the client has not yet taken what was sent before. */
  void look() {
    update(() -> {
      if (begun && waiting.isEmpty() && !last) {
        tell();
      }
    });
  }

  /** Sends what is new of the job for the last time. */
  void finish() {
    update(() -> {
      if (begun && !last) {
        tell();
      }
      last = true;
    });
  }

  /** Sends nothing more. */
  void abandon() {
    synchronized (this) {
      over = true;
    }
    ended.complete(null);
  }

  @Override
  public void onWritePossible() {
    update(() -> {
      if (!begun) {
        begun = true;
        tell();
      }
    });
  }

  @Override
  public void onError(Throwable clientIsGone) {
    abandon();
  }

  private void tell() {
    JobSnapshot now = job.snapshot();
    String told = json.apply(now);
    if (!told.equals(lastTold)) {
      event("progress", told);
      lastTold = told;
    } else if (!now.state().isFinal() && ++quietLooks == QUIET_LOOKS) {
      waiting.append(":\n\n");
      quietLooks = 0;
    }
    if (now.state().isFinal()) {
      event(JobAnswer.name(now.state()), told);
      last = true;
    }
  }

  private void event(String name, String data) {
    waiting.append("event: ").append(name).append("\ndata: ").append(data).append("\n\n");
    quietLooks = 0;
  }

  /** Does this, sends what can be sent, and ends if that was all. */
  private void update(Runnable change) {
    boolean all;
    synchronized (this) {
      if (over) {
        return;
      }
      try {
        change.run();
        all = send();
      } catch (IOException clientIsGone) {
        all = true;
      } catch (RuntimeException e) {
        Problems.internal("following job " + job.id(), e);
        all = true;
      }
      over = all;
    }
    if (all) {
      ended.complete(null);
    }
  }

  /** Returns whether nothing more is to come. */
  private boolean send() throws IOException {
    while (begun && out.isReady()) {
      if (!flushed) {
        out.flush();
        flushed = true;
      } else if (!waiting.isEmpty()) {
        out.write(waiting.toString().getBytes(StandardCharsets.UTF_8));
        waiting.setLength(0);
        flushed = false;
      } else {
        return last;
      }
    }
    return last && !begun;
  }
}
