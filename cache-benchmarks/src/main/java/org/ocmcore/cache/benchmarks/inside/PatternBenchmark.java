package org.ocmcore.cache.benchmarks.inside;

import java.util.regex.Pattern;
import org.ocmcore.cache.benchmarks.load.KeyNames;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What finding a pattern in a key costs, beside java.util.regex on a text without bounds. */
public class PatternBenchmark extends Inside {
  private static final int KEYS = 10_000;

  @Param({
    "^a00:cart:007:",
    "beef.*7$",
    "[0-4][a-c][7-9][d-f].*[05]$",
    "(cart|user):0[0-9]+:.*(dead|beef)",
    ".+-old$",
    "(?i)BEEF"
  })
  private String regex;

  private final byte[][] bytes = new byte[KEYS][];
  private final CacheKey[] keys = new CacheKey[KEYS];
  private final String[] texts = new String[KEYS];
  private KeyPattern pattern;
  private Pattern bare;

  @Setup
  public void prepare() {
    KeyNames names = new KeyNames(30);
    for (int i = 0; i < KEYS; i++) {
      texts[i] = names.text(i);
      keys[i] = CacheKey.of(texts[i]);
      bytes[i] = keys[i].bytes();
    }
    pattern = KeyPattern.of(regex);
    bare = Pattern.compile(regex);
  }

  @Benchmark
  @OperationsPerInvocation(KEYS)
  public int keys() {
    KeyPattern.Search search = pattern.search();
    int found = 0;
    for (CacheKey key : keys) {
      found += search.finds(key) ? 1 : 0;
    }
    return found;
  }

  @Benchmark
  @OperationsPerInvocation(KEYS)
  public int bytes() {
    KeyPattern.Search search = pattern.search();
    int found = 0;
    for (byte[] key : bytes) {
      found += search.finds(key, 0, key.length) ? 1 : 0;
    }
    return found;
  }

  @Benchmark
  @OperationsPerInvocation(KEYS)
  public int javaUtilRegex() {
    int found = 0;
    for (String text : texts) {
      found += bare.matcher(text).find() ? 1 : 0;
    }
    return found;
  }
}
