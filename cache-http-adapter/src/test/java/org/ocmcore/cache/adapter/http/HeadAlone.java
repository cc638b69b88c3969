package org.ocmcore.cache.adapter.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * Takes the head of an answer that may never end. To be closed when the head is there: an answer
 * that is cancelled before has failed, since Java 25.
 */
final class HeadAlone implements BodySubscriber<byte[]>, AutoCloseable {
  private Subscription subscription;
  private boolean isClosed;

  @Override
  public CompletionStage<byte[]> getBody() {
    return CompletableFuture.completedFuture(new byte[0]);
  }

  @Override
  public synchronized void onSubscribe(Subscription given) {
    subscription = given;
    if (isClosed) {
      given.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    // None was asked for.
  }

  @Override
  public void onError(Throwable failure) {
    // As it was cancelled.
  }

  @Override
  public void onComplete() {
    // Nobody waits for the end.
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
