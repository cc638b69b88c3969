package org.ocmcore.cache.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs classes of tests inside of a test. */
final class TestRun {
  private TestRun() {}

  /** Runs them with these configuration parameters. */
  static EngineExecutionResults of(Map<String, String> parameters, Class<?>... classes) {
    EngineTestKit.Builder builder = EngineTestKit.engine("junit-jupiter");
    parameters.forEach(builder::configurationParameter);
    for (Class<?> type : classes) {
      builder.selectors(selectClass(type));
    }
    return builder.execute();
  }

  /** Runs them; returns the message of the one failure, and of its causes. */
  static String failure(Map<String, String> parameters, Class<?> type) {
    StringBuilder messages = new StringBuilder();
    of(parameters, type).allEvents().failed().stream()
        .map(event ->
            event.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow())
        .forEach(failure -> messages.append(failure.getMessage()).append('\n'));
    return messages.toString();
  }
}
