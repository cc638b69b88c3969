package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers and problems as JSON. Safe for use by any number of threads. */
final class AnswerWriter {
  private final JsonMapper json;
  private final Places longAnswers = new Places(AnswerStream.MAX_LONG, AnswerStream.MAX_LONG);

  AnswerWriter(JsonMapper json) {
    this.json = json;
  }

  /**
   * Finds out how answers of these records are written, for which the first of each kind would wait
   * some 20 ms.
   */
  void prepare(Collection<Class<?>> records) {
    records.forEach(json::writerFor);
  }

  /** Writes an answer; a long one takes one of the places for long answers. */
  void write(HttpAnswer answer, Context context) throws IOException {
    answer.headers().forEach(context::header);
    context.status(answer.status());
    if (answer.body() instanceof HttpAnswer.NoBody) {
      return;
    }
    if (answer.body() instanceof RawValue value) {
      write("application/octet-stream", value.bytes(), context);
      return;
    }
    if (answer.body() instanceof TextPage page) {
      write(page.contentType(), page.bytes(), context);
      return;
    }
    context.contentType("application/json");
    try (AnswerStream out = stream(context, context.outputStream())) {
      write(answer.content(), out);
      out.finish();
    }
  }

  private void write(String contentType, byte[] bytes, Context context) throws IOException {
    context.contentType(contentType);
    context.res().setContentLengthLong(bytes.length);
    if (context.method() == HandlerType.HEAD) {
      return;
    }
    // Not Javalin's stream, which may compress the bytes and so belie their number.
    try (AnswerStream out = stream(context, context.res().getOutputStream())) {
      out.write(bytes);
      out.finish();
    }
  }

  /** A stream for an answer. @param client takes its bytes */
  AnswerStream stream(Context context, OutputStream client) {
    return new AnswerStream(longAnswers, ClientAddress.of(context.req()), client);
  }

  private void write(Record body, OutputStream out) throws IOException {
    try {
      json.writeValue(out, body);
    } catch (JacksonException e) {
      if (e.getCause() instanceof IOException clientWentAway) {
        throw clientWentAway;
      }
      if (e.getCause() instanceof RequestRejected noPlace) {
        throw noPlace;
      }
      throw e;
    }
    // So that answers do not run together on a terminal.
    out.write('\n');
  }

  /** Writes a problem. */
  void write(Problem problem, Context context) {
    RequestObserver.noteProblem(context.req(), problem.kind());
    ProblemAnswer body = ProblemAnswer.of(problem.shortened(), context.path())
        .ofRequest(RequestId.of(context.req()));
    context
        .status(problem.kind().status())
        .contentType(Problem.CONTENT_TYPE)
        .result((json.writeValueAsString(body) + "\n").getBytes(StandardCharsets.UTF_8));
    problem.headers().forEach(context::header);
  }
}
