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
 * The server-sent events of one job for one client. Nothing waits for the client: while it has not
 * read the last event, no new one is made; then it gets the newest state. Safe for use by any
 * number of threads.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the form</a>
 */
final class EventStream implements WriteListener {
  /** After this many polls without news it sends a comment, which shows that it is alive. */
  private static final int QUIET_POLLS = 4;

  private final Job job;
  private final Function<JobSnapshot, String> json;
  private final ServletOutputStream out;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /** The text to send next, or empty. */
  private final StringBuilder waiting = new StringBuilder();

  private boolean flushed = true;
  private String lastSent = "";
  private int quietPolls;

  /** Whether the client can receive. */
  private boolean hasBegun;

  /** Whether nothing follows after the waiting text. */
  private boolean isLast;

  /** Whether the client is gone or has all: the container may reuse the stream now. */
  private boolean isOver;

  /** @param json writes a job on one line */
  EventStream(Job job, Function<JobSnapshot, String> json, ServletOutputStream out) {
    this.job = job;
    this.json = json;
    this.out = out;
  }

  /** Completes when all is sent or the client is gone. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  /** Sends the state of the job if it has changed and the client has read the last event. */
  void publish() {
    update(() -> {
      if (hasBegun && waiting.isEmpty() && !isLast) {
        addEvent();
      }
    });
  }

  /** Sends the state of the job if it has changed, and ends the stream. */
  void finish() {
    update(() -> {
      if (hasBegun && !isLast) {
        addEvent();
      }
      isLast = true;
    });
  }

  /** Ends the stream at once. */
  void abandon() {
    synchronized (this) {
      isOver = true;
    }
    ended.complete(null);
  }

  @Override
  public void onWritePossible() {
    update(() -> {
      if (!hasBegun) {
        hasBegun = true;
        addEvent();
      }
    });
  }

  @Override
  public void onError(Throwable clientIsGone) {
    abandon();
  }

  private void addEvent() {
    JobSnapshot now = job.snapshot();
    String text = json.apply(now);
    if (!text.equals(lastSent)) {
      event("progress", text);
      lastSent = text;
    } else if (!now.state().isFinal() && ++quietPolls == QUIET_POLLS) {
      waiting.append(":\n\n");
      quietPolls = 0;
    }
    if (now.state().isFinal()) {
      event(JobAnswer.name(now.state()), text);
      isLast = true;
    }
  }

  private void event(String name, String data) {
    waiting.append("event: ").append(name).append("\ndata: ").append(data).append("\n\n");
    quietPolls = 0;
  }

  /** Applies the change, sends as much as possible, and ends the stream if that was all. */
  private void update(Runnable change) {
    boolean all;
    synchronized (this) {
      if (isOver) {
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
      isOver = all;
    }
    if (all) {
      ended.complete(null);
    }
  }

  /** Sends as much as the client takes; returns whether all is sent. */
  private boolean send() throws IOException {
    while (hasBegun && out.isReady()) {
      if (!flushed) {
        out.flush();
        flushed = true;
      } else if (!waiting.isEmpty()) {
        out.write(waiting.toString().getBytes(StandardCharsets.UTF_8));
        waiting.setLength(0);
        flushed = false;
      } else {
        return isLast;
      }
    }
    return isLast && !hasBegun;
  }
}
