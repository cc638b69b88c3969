package org.ocmcore.cache.domain.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void shortTextsStayAsTheyAre() {
    String name = "ü".repeat(Excerpt.NAME);
    assertEquals(name, Excerpt.ofName(name));
    assertEquals("", Excerpt.ofLogged("", 50));
    assertEquals("x".repeat(50), Excerpt.ofLogged("x".repeat(50), 50));
  }

  @Test
  void longTextsSayHowMuchIsLeftOut() {
    assertEquals(
        "x".repeat(Excerpt.NAME) + "… (7 characters more)",
        Excerpt.ofName("x".repeat(Excerpt.NAME + 7)));
    assertEquals("x".repeat(10) + "… (41 characters more)", Excerpt.ofLogged("x".repeat(51), 50));
  }

  @Test
  void charactersCountAsTheyAreWritten() {
    assertEquals(1 + 2 + 2 + 6 + 6, Excerpt.size("a\"\\\u202e\n"));
    assertEquals("\u202e\u202e… (98 characters more)", Excerpt.ofLogged("\u202e".repeat(100), 57));
  }

  @Test
  void whatWasCutIsNotCutAgain() {
    String cut = Excerpt.ofLogged("\u202e".repeat(2_000_000_000 / 1_000), 600);
    assertTrue(Excerpt.size(cut) <= 600, cut);
    assertEquals(cut, Excerpt.ofLogged(cut, 600));
  }

  @Test
  void aPairIsNotSplit() {
    assertEquals("a… (80 characters more)", Excerpt.ofLogged("a" + "\ud83d\ude00".repeat(40), 47));
  }
}
