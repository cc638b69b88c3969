package org.ocmcore.cache.benchmarks.peer;

import io.javalin.Javalin;
import java.nio.charset.StandardCharsets;

/** The least that an answer of Javalin can cost: always the same one. Runs as its own process. */
final class ConstantService {
  private ConstantService() {}

  /** @param arguments the answer */
  public static void main(String[] arguments) {
    byte[] answer = arguments[0].getBytes(StandardCharsets.UTF_8);
    Javalin service = Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.routes.get(
              "/key/{key}/", context -> context.contentType("application/json").result(answer));
        })
        .start("127.0.0.1", 0);
    System.out.printf("the constant is ready: http://127.0.0.1:%d/ always%n", service.port());
  }
}
