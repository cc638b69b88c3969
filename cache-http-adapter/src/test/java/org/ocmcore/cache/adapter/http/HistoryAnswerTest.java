package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.monitoring.StatsHistory;
import org.ocmcore.cache.domain.monitoring.StatsSample;

/** The past of hundreds of servers is many times what a request may take. */
class HistoryAnswerTest {
  private int samplesAskedFor;

  private final List<StatsSample> samples = new AbstractList<>() {
    @Override
    public StatsSample get(int index) {
      samplesAskedFor++;
      return new StatsSample(Instant.ofEpochSecond(index), 1, 1, 1, 1, 1, OptionalLong.empty());
    }

    @Override
    public int size() {
      return 10_000;
    }
  };

  @Test
  void aSampleIsMadeWhenItIsWritten() {
    StatsHistory.Server server = new StatsHistory.Server("a:1", samples, List.of());
    HistoryAnswer answer = HistoryAnswer.of(new StatsHistory.Past(
        Instant.EPOCH, Duration.ofMinutes(1), Collections.nCopies(1_000, server)));
    Iterator<HistoryAnswer.Server> servers = answer.servers().iterator();
    servers.next();
    Iterator<HistoryAnswer.Sample> second = servers.next().samples().iterator();
    second.next();
    assertEquals("1970-01-01T00:00:01Z", second.next().at());
    assertEquals(2, samplesAskedFor);
  }
}
