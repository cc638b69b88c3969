package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.openqa.selenium.Keys;

/** The jobs of the service in a browser. */
class ConsoleJobsIT {
  private static void awaitRow(ConsoleBrowser browser, String id, String state) {
    browser.awaitText("[data-job='" + id + "'] .job-state", state);
  }

  private static String startDeletion(ApiClient operator) {
    return operator
        .send("DELETE", "/pattern/manage/?async=true", "{\"pattern\": \"^n:\", \"rate\": 1}")
        .expect(202)
        .text("id");
  }

  @Test
  void jobsAreFollowedCancelledAndAccountedFor() {
    try (RunningService service = RunningService.withTokens(
            StoreKind.MEMORY, "development", "boss operator", "looker viewer");
        ConsoleBrowser browser = ConsoleBrowser.start(service.url())) {
      ApiClient operator = service.client().with("boss");
      IntStream.range(0, 100).forEach(i -> operator.put("n:" + i, "1"));
      browser.open("#/keys");
      browser.signIn("boss");
      browser.awaitRows();
      browser.press("g", "j");
      browser.awaitText("[data-state=empty]", "No job runs");
      assertEquals("#/jobs", browser.fragment());

      // It appears by itself.
      String dump = operator.send("POST", "/?async=true", null).expect(202).text("id");
      awaitRow(browser, dump, "done");
      String deletion = startDeletion(operator);
      awaitRow(browser, deletion, "running");
      assertTrue(browser.text("tbody tr").contains("delete"), "the newest stands first");
      browser.awaitText("[data-job='" + deletion + "']", "of 100 done");
      browser.click("[data-job='" + deletion + "'] a");
      browser.awaitText(".job", "of 100 done");
      assertEquals("#/jobs?id=" + deletion, browser.fragment());
      assertTrue(browser.text(".job").contains("begun by boss"), browser.text(".job"));
      browser.clickButton("Cancel");
      browser.awaitText(".job .job-state", "cancelled");
      assertTrue(browser.text(".job .notice").contains("cancelled"), browser.text(".job"));
      assertFalse(browser.hasButton("Cancel"));
      browser.press(Keys.ESCAPE);
      awaitRow(browser, deletion, "cancelled");

      // What it has left is previewed, with its filter and rate, and done by a person only.
      browser.click("[data-job='" + deletion + "'] a");
      browser.clickButton("Finish the rest");
      browser.awaitText("section.change .preview", "Keys");
      assertEquals("#/change?action=delete&pattern=%5En%3A&match=regex&rate=1", browser.fragment());
      browser.visit("#/jobs");
      // As a glob, the same pattern is the key of this name.
      assertEquals("{} {\"pattern\":\"^\",\"match\":\"glob\"}", browser.run("""
          return import('./base/criteria.js').then(({ parametersOf }) =>
            ['regex', 'glob'].map((match) => JSON.stringify(parametersOf({ pattern: '^', match }))).join(' '))
          """));

      // The list has what is known of those that run, and cancels them too.
      String second = startDeletion(operator);
      browser.awaitText("[data-job='" + second + "'] .progress", " a second");
      browser.click("[data-job='" + second + "'] button");
      awaitRow(browser, second, "cancelled");
      browser.await("return document.querySelector('[data-job] button') === null");

      String running = startDeletion(operator);
      awaitRow(browser, running, "running");

      // A dry run is not taken for a restore.
      String trial = operator
          .send("POST", "/restore/?async=true", "{\"dry_run\": true, \"mode\": \"replace\"}")
          .expect(202)
          .text("id");
      browser.awaitText("[data-job='" + trial + "'] .about", "dry run of the newest dump");
      browser.awaitText("[data-job='" + trial + "'] .progress", "100 entries would be restored");
      // No row moves when a job ends: a press would meet the button of another one.
      assertTrue(browser.text("tbody tr").contains("dry run"), browser.text("table"));
      browser.click("[data-job='" + running + "'] button");
      awaitRow(browser, running, "cancelled");
      browser.awaitText("[data-job='" + dump + "'] .progress", "100 entries");
      browser.click("[data-job='" + dump + "'] a");
      browser.awaitText(".job .facts", "Entries\n100");
      browser.open("#/jobs?id=nothing");
      browser.awaitText("[data-state=no-job]", "No job has the id nothing.");
      browser.open("#/change?action=delete&prefix=n%3A&job=nothing");
      browser.awaitText("[data-state=no-job]", "forgets its jobs");
      browser.click("[data-state=no-job] a");
      browser.awaitText("section.change .preview", "Keys");
      browser.assertQuiet();

      // A viewer sees the jobs, and can cancel none.
      String another = startDeletion(operator);
      browser.click("button[aria-label='Sign out']");
      browser.signIn("looker");
      browser.visit("#/jobs?id=" + another);
      browser.awaitText(".job .job-state", "running");
      assertFalse(browser.hasButton("Cancel"));
      browser.assertQuiet();
    }
  }
}
