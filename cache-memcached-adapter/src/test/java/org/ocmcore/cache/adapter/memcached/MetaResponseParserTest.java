package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.memcached.MetaResponse.Status;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.key.CacheKey;

final class MetaResponseParserTest {
  private static final ValueBound BOUND = new ValueBound(() -> ItemSize.DEFAULT_MAX);

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static MetaResponse parse(MetaResponseParser parser, String text) throws IOException {
    return parser.parse(bytes(text), MetaResponseParser.NO_OPAQUE, null);
  }

  @RepeatedTest(50)
  void responsesAreParsedAcrossAnySplit(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    List<byte[]> values = new ArrayList<>();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = 0; i < 20; i++) {
      byte[] value = new byte[random.nextInt(random.nextBoolean() ? 10 : 200_000)];
      random.nextBytes(value);
      values.add(value);
      stream.writeBytes(("VA " + value.length + " f" + i + " t-1\r\n").getBytes());
      stream.writeBytes(value);
      stream.writeBytes("\r\nHD\r\n".getBytes());
    }
    ByteBuffer all = ByteBuffer.wrap(stream.toByteArray());
    MetaResponseParser parser = new MetaResponseParser(BOUND);
    for (int i = 0; i < values.size(); i++) {
      MetaResponse answer = next(parser, all, random);
      assertArrayEquals(values.get(i), answer.value());
      assertEquals(i, answer.flags());
      assertEquals(Status.DONE, next(parser, all, random).status());
    }
  }

  private static MetaResponse next(MetaResponseParser parser, ByteBuffer all, Random random)
      throws IOException {
    while (true) {
      int length = Math.min(all.remaining(), 1 + random.nextInt(30_000));
      ByteBuffer part = all.slice(all.position(), length);
      MetaResponse answer = parser.parse(part, MetaResponseParser.NO_OPAQUE, null);
      all.position(all.position() + part.position());
      if (answer != null) {
        return answer;
      }
    }
  }

  @Test
  void anIncompleteResponseReturnsNull() throws IOException {
    MetaResponseParser parser = new MetaResponseParser(BOUND);
    assertNull(parse(parser, "VA 3 f1"));
    assertNull(parse(parser, " t5\r\nab"));
    assertNull(parse(parser, "c\r"));
    assertEquals(5, parse(parser, "\n").ttl());
  }

  @Test
  void metaFlagsAreParsedInAnyOrder() throws IOException {
    MetaResponse answer = parse(new MetaResponseParser(BOUND), "VA 0 t-1 W f4294967295 Z\r\n\r\n");
    assertEquals(4_294_967_295L, answer.flags());
    assertEquals(MetaResponse.FOREVER, answer.ttl());
  }

  @Test
  void aServerErrorIsAResponse() throws IOException {
    assertEquals(
        Status.SERVER_ERROR,
        parse(new MetaResponseParser(BOUND), "SERVER_ERROR out of memory\r\n").status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ERROR", "CLIENT_ERROR bad data chunk"})
  void aRejectedCommandThrowsServerErrorException(String line) {
    assertThrows(
        ServerErrorException.class, () -> parse(new MetaResponseParser(BOUND), line + "\r\n"));
  }

  @Test
  void invalidResponsesAreQuotedInPartAndCleaned() {
    ProtocolException malformed = assertThrows(
        ProtocolException.class,
        () -> parse(new MetaResponseParser(BOUND), "\u0000\u00ff" + "y".repeat(100) + "\r\n"));
    assertEquals(
        "it sent an invalid response: \".." + "y".repeat(38) + "…\"", malformed.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "HD, DONE",
    "HD t5, DONE",
    "EN, MISS",
    "NS, NOT_STORED",
    "NF, NOT_FOUND",
    "MN, NO_OP",
    "ME key exp=-1 la=0 cas=1 fetch=no cls=1 size=61, METADATA"
  })
  void theReturnCodeDeterminesTheStatus(String line, Status status) throws IOException {
    assertEquals(status, parse(new MetaResponseParser(BOUND), line + "\r\n").status());
    assertEquals(status, parse(new MetaResponseParser(BOUND), line + "\n").status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "H",
        "VA",
        "VA ",
        "VAL 1 f1 t1",
        "HDX",
        "hd",
        "XX",
        "ENDING",
        "VA  1 f1 t1",
        "VA 1x f1 t1",
        "VA 1 f t1",
        "VA 1 f- t1",
        "VA 1 f1 t-2",
        "VA 1 f1 t1 c-1",
        "VA 1 f4294967296 t1",
        "VA 1 f1 t4294967296",
        "VA 1073741825 f1 t1",
        "VA 1 f1 t99999999999999999999",
        "HD Oabc",
        "HD O"
      })
  void almostValidResponsesAreRejected(String line) {
    assertThrows(
        ProtocolException.class, () -> parse(new MetaResponseParser(BOUND), line + "\r\n"));
  }

  /** A sum has no flags. */
  @ParameterizedTest
  @ValueSource(strings = {"VA 1", "VA 1 f1", "VA 1 t1"})
  void onlySumsComeWithoutFlagsAndTtl(String line) throws IOException {
    MetaResponse response = parse(new MetaResponseParser(BOUND), line + "\r\n7\r\n");
    assertThrows(ProtocolException.class, () -> MetaCommand.GET.isSuccess(response));
    assertThrows(ProtocolException.class, () -> MetaCommand.GET.isSuccess(response));
    assertTrue(MetaCommand.ARITHMETIC.isSuccess(response));
    assertEquals(7, response.number());
  }

  @Test
  void aSumMustBeANumber() throws IOException {
    MetaResponse response = parse(new MetaResponseParser(BOUND), "VA 2\r\n-7\r\n");
    assertThrows(ProtocolException.class, response::number);
    response = parse(new MetaResponseParser(BOUND), "VA 20\r\n18446744073709551615\r\n");
    assertEquals(-1, response.number());
  }

  @Test
  void casUniqueIsParsed() throws IOException {
    assertEquals(
        123, parse(new MetaResponseParser(BOUND), "VA 1 f0 t-1 c123\r\nx\r\n").cas());
    assertEquals(0, parse(new MetaResponseParser(BOUND), "VA 1 f0 t-1\r\nx\r\n").cas());
  }

  @Test
  void nonNumericErrorKeepsTheConnection() throws IOException {
    String line = "CLIENT_ERROR cannot increment or decrement non-numeric value\r\n";
    assertEquals(Status.NOT_NUMERIC, parse(new MetaResponseParser(BOUND), line).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"VA 2 f0 t1\r\nabc\r\n", "VA 2 f0 t1\r\nab\n", "VA 2 f0 t1\r\nab\rc"})
  void valuesOfWrongLengthAreRejected(String answer) {
    assertThrows(ProtocolException.class, () -> parse(new MetaResponseParser(BOUND), answer));
  }

  @ParameterizedTest
  @ValueSource(ints = {63, 64, 65, 127, 128, 129, 1_000, MetaResponseParser.MAX_LINE_BYTES})
  void linesUpToTheMaximumAreParsed(int length) throws IOException {
    String words = "x".repeat(length - "SERVER_ERROR \r".length());
    MetaResponseParser parser = new MetaResponseParser(BOUND);
    assertNull(parse(parser, "SERVER_ERROR " + words));
    assertEquals(words, parse(parser, "\r\n").reason());
    assertEquals(Status.DONE, parse(parser, "HD\r\n").status());
  }

  @Test
  void anEndlessLineIsRejected() {
    String line = "x".repeat(MetaResponseParser.MAX_LINE_BYTES);
    assertThrows(ProtocolException.class, () -> parse(new MetaResponseParser(BOUND), line + "x"));
  }

  @Test
  void aServerErrorHasTheServersMessage() throws IOException {
    MetaResponse answer =
        parse(new MetaResponseParser(BOUND), "SERVER_ERROR out of\u0000memory\r\n");
    assertEquals("out of.memory", answer.reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VA 0 f0 t-1 O17\r\n",
        "VA 0 O17 f0 t-1\r\n",
        "HD O17",
        "HD  O17",
        "EN O17",
        "EN",
        "NS O17",
        "NF  O17",
        "SERVER_ERROR out of memory"
      })
  void aResponseWithTheRequestsOpaqueIsAccepted(String answer) throws IOException {
    assertNotNull(new MetaResponseParser(BOUND).parse(bytes(answer + "\r\n"), 17, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VA 0 f0 t-1 O16\r\n",
        "VA 0 f0 t-1\r\n",
        "HD O18",
        "HD",
        "HD O-17",
        "EN O170",
        "NS O1",
        "NS",
        "NF O0",
        "NF"
      })
  void aResponseToAnotherRequestIsRejected(String answer) {
    ProtocolException malformed = assertThrows(
        ProtocolException.class,
        () -> new MetaResponseParser(BOUND).parse(bytes(answer + "\r\n"), 17, null));
    assertEquals(
        "it sent an invalid response: a response to another request", malformed.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"HD O1", "EN O1", "VA 0 f0 t-1 O1\r\n"})
  void anUnexpectedOpaqueIsRejected(String answer) {
    assertThrows(
        ProtocolException.class, () -> parse(new MetaResponseParser(BOUND), answer + "\r\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VA 0 s0 f0 t-1 kkey O17\r\n",
        "HD O17 kkey",
        "HD ka2V5 b O17",
        "NF b ka2V5 O17",
        "HD O17",
        "EN"
      })
  void aResponseWithTheRequestsKeyIsAccepted(String answer) throws IOException {
    assertNotNull(
        new MetaResponseParser(BOUND).parse(bytes(answer + "\r\n"), 17, CacheKey.of("key")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VA 0 f0 t-1 kkez O17\r\n",
        "HD O17 kkey1",
        "HD k O17",
        "NS kke O17",
        "EX ka2V5 O17",
        "HD kkey b O17",
        "EN kother O17"
      })
  void aResponseAboutAnotherKeyIsRejected(String answer) {
    assertThrows(
        ProtocolException.class,
        () -> new MetaResponseParser(BOUND).parse(bytes(answer + "\r\n"), 17, CacheKey.of("key")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"VA 1 s2\r\na", "VA 1 s0\r\na", "VA 0 s-1\r\n", "VA 0 s\r\n"})
  void aValueOfTwoLengthsIsRejected(String answer) {
    assertThrows(
        ProtocolException.class, () -> parse(new MetaResponseParser(BOUND), answer + "\r\n"));
  }

  @Test
  void metadataNamesItsKey() throws IOException {
    MetaResponse raw = parse(new MetaResponseParser(BOUND), "ME a exp=-1 la=0\r\n");
    assertTrue(raw.isAbout(CacheKey.of("a")));
    assertFalse(raw.isAbout(CacheKey.of("b")));
    assertFalse(parse(new MetaResponseParser(BOUND), "ME ab exp=-1\r\n").isAbout(CacheKey.of("a")));
    assertFalse(parse(new MetaResponseParser(BOUND), "ME\r\n").isAbout(CacheKey.of("a")));
    CacheKey spaced = CacheKey.ofBytes("a b".getBytes(StandardCharsets.US_ASCII));
    assertTrue(parse(new MetaResponseParser(BOUND), "ME YSBi exp=-1\r\n").isAbout(spaced));
    assertTrue(parse(new MetaResponseParser(BOUND), "ME a b exp=-1\r\n").isAbout(spaced));
  }
}
