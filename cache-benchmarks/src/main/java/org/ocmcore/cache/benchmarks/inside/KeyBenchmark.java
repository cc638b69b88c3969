package org.ocmcore.cache.benchmarks.inside;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.ocmcore.cache.domain.key.CacheKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to make a key of a text or of bytes, and a text of a key. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class KeyBenchmark {
  @Param({"a00:cart:007:00000000deadbeef", "a00:cart:007:Zürich-größer"})
  private String text;

  private byte[] bytes;
  private CacheKey key;

  @Setup
  public void prepare() {
    bytes = text.getBytes(StandardCharsets.UTF_8);
    key = CacheKey.of(text);
  }

  @Benchmark
  public CacheKey ofText() {
    return CacheKey.of(text);
  }

  @Benchmark
  public CacheKey ofBytes() {
    return CacheKey.ofBytes(bytes);
  }

  @Benchmark
  public String characters() {
    return key.characters();
  }
}
