package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HiddenVersionsTest {
  private final HiddenVersions versions = new HiddenVersions();

  @Test
  void aVersionHasOneTagThatOnlyThisProcessReads() {
    for (String version : new String[] {"0", "1", "17", "999999999999999998"}) {
      String shown = versions.hide(version);
      assertEquals(shown, versions.hide(version));
      assertEquals(version, versions.reveal(shown));
      assertNotEquals(version, new HiddenVersions().reveal(shown));
    }
  }

  @Test
  void tagsDoNotCount() {
    Set<String> begins = new HashSet<>();
    LongStream.range(1, 1_000)
        .forEach(version -> begins.add(versions.hide(Long.toString(version)).substring(0, 4)));
    assertTrue(begins.size() > 900, begins.size() + " begins of 1,000 tags");
  }

  @Test
  void whatWasNeverShownMeansNoVersion() {
    for (String tag : new String[] {"", "5", "0".repeat(32), "F".repeat(32), "x".repeat(32)}) {
      assertEquals("9".repeat(18), versions.reveal(tag), tag);
    }
  }

  @Test
  void tagsOfPagesStay() {
    assertEquals("1.0-abc", versions.hide("1.0-abc"));
    assertFalse(versions.hide("12").equals("12"));
  }
}
