package org.ocmcore.cache.adapter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.cli.ChangeFeed.Followed;

class FollowedNotesTest {
  private final FollowedNotes notes = new FollowedNotes();

  private static Followed all(String address) {
    return new Followed(address, List.of("stored", "deleted"), Optional.empty());
  }

  private static Followed nothing(String address) {
    return new Followed(address, List.of(), Optional.of("its feed has not begun"));
  }

  @Test
  void whatIsSaidOfOneServerIsNotRepeatedForAnother() {
    assertEquals(
        List.of(
            "a:1 reports nothing: its feed has not begun",
            "b:1 reports nothing: its feed has not begun"),
        notes.news(List.of(nothing("a:1"), nothing("b:1"))));
    assertEquals(List.of(), notes.news(List.of(all("a:1"), nothing("b:1"))));
    assertEquals(
        List.of("a:1 reports nothing: its feed has not begun"),
        notes.news(List.of(nothing("a:1"), all("b:1"))),
        "it has ended again");
  }
}
