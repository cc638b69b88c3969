package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.key.CacheKey;

class AttachmentNameTest {
  @ParameterizedTest
  @CsvSource({
    "page, page.bin",
    "user:1, user_1.bin",
    "img/logo.png, img_logo.png.bin",
    "../../etc/passwd, __.._etc_passwd.bin",
    "..\\x, __x.bin",
    ".bashrc, _bashrc.bin",
    "-rf, _rf.bin",
    "setup.bat, setup.bat.bin",
    "nul, _nul.bin",
    "COM1.txt, _COM1.txt.bin",
    "a;b%2e$c, a_b_2e_c.bin"
  })
  void aNameIsSafe(String key, String name) {
    assertEquals("attachment; filename=\"" + name + '"', AttachmentName.header(CacheKey.of(key)));
  }

  @Test
  void otherLettersAreEncoded() {
    assertEquals(
        "attachment; filename=\"gr__e.bin\"; filename*=UTF-8''gr%C3%BC%C3%9Fe.bin",
        AttachmentName.header(CacheKey.of("grüße")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\u202egpj.exe", "\"; filename=evil.exe", "a\r\nSet-Cookie: x", "\u0000"})
  void noKeyEndsTheNameOrTheHeader(String key) {
    String header = AttachmentName.header(CacheKey.ofBytes(key.getBytes(StandardCharsets.UTF_8)));
    assertTrue(
        header.matches(
            "attachment; filename=\"[!#-~]+\\.bin\"(; filename\\*=UTF-8''[A-Za-z0-9._%-]+)?"),
        header);
  }

  @Test
  void aLongNameFitsEveryFileSystem() {
    String header = AttachmentName.header(CacheKey.of("é".repeat(125)));
    assertEquals(100, header.split("%C3%A9", -1).length - 1);
  }
}
