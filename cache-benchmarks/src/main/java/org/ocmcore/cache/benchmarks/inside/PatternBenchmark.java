package org.ocmcore.cache.benchmarks.inside;

import java.util.regex.Pattern;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.ByteRunAutomaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.RegExp;
import org.ocmcore.cache.benchmarks.load.KeyNames;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The time to find a pattern anywhere in a key, beside other engines on the same keys. Each engine
 * answers only yes or no. java.util.regex reads the text of a key, which the service would have to
 * make first; the others read its bytes. Patterns are compiled in advance, but our tables are
 * filled in the measured time. The setup checks that all engines find the same number of keys.
 *
 * <p>java.util.regex and RE2/J allow what ours forbids and bound nothing or little; Lucene builds
 * the whole automaton in advance and reads a key to its end.
 */
public class PatternBenchmark extends Inside {
  private static final int KEYS = 10_000;

  /** Lucene compiles the whole automaton in advance; more work than this is refused. */
  private static final int LUCENE_WORK_LIMIT = 1_000_000;

  /** All engines can express these; their flags and anchors stand only at the ends. */
  @Param({
    "^a00:cart:007:",
    "beef",
    "beef.*7$",
    "[0-4][a-c][7-9][d-f].*[05]$",
    "(cart|user):0[0-9]+:.*(dead|beef)",
    ".+-old$",
    "(?i)BEEF",
    "[0-9a-f]{8}00"
  })
  private String regex;

  private final byte[][] bytes = new byte[KEYS][];
  private final CacheKey[] keys = new CacheKey[KEYS];
  private final String[] texts = new String[KEYS];
  private KeyPattern pattern;
  private Pattern javaPattern;
  private com.google.re2j.Pattern re2j;
  private ByteRunAutomaton lucene;

  @Setup
  public void prepare() {
    KeyNames names = new KeyNames(30);
    for (int i = 0; i < KEYS; i++) {
      texts[i] = names.text(i);
      keys[i] = CacheKey.of(texts[i]);
      bytes[i] = keys[i].bytes();
    }
    pattern = KeyPattern.of(regex);
    javaPattern = Pattern.compile(regex);
    re2j = com.google.re2j.Pattern.compile(regex);
    lucene = luceneAutomaton(regex);
    int expected = javaUtilRegex();
    requireFound("keys", expected, keys());
    requireFound("bytes", expected, bytes());
    requireFound("re2j", expected, re2j());
    requireFound("lucene", expected, lucene());
  }

  private void requireFound(String engine, int expected, int found) {
    if (found != expected) {
      throw new IllegalStateException("%s finds %s in %d keys, java.util.regex in %d"
          .formatted(engine, regex, found, expected));
    }
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
      found += javaPattern.matcher(text).find() ? 1 : 0;
    }
    return found;
  }

  @Benchmark
  @OperationsPerInvocation(KEYS)
  public int re2j() {
    int found = 0;
    for (byte[] key : bytes) {
      found += re2j.matcher(key).find() ? 1 : 0;
    }
    return found;
  }

  @Benchmark
  @OperationsPerInvocation(KEYS)
  public int lucene() {
    int found = 0;
    for (byte[] key : bytes) {
      found += lucene.run(key, 0, key.length) ? 1 : 0;
    }
    return found;
  }

  /** Lucene matches whole texts, so what may surround the pattern is added here. */
  private static ByteRunAutomaton luceneAutomaton(String regex) {
    boolean isAnchoredAtBegin = regex.startsWith("^");
    boolean isAnchoredAtEnd = regex.endsWith("$");
    boolean ignoresCase = regex.startsWith("(?i)");
    String body = regex.replaceFirst("^(\\^|\\(\\?i\\))", "").replaceFirst("\\$$", "");
    int matching = ignoresCase ? RegExp.ASCII_CASE_INSENSITIVE : 0;
    Automaton automaton = new RegExp(body, RegExp.NONE, matching).toAutomaton();
    if (!isAnchoredAtBegin) {
      automaton = Operations.concatenate(Automata.makeAnyString(), automaton);
    }
    if (!isAnchoredAtEnd) {
      automaton = Operations.concatenate(automaton, Automata.makeAnyString());
    }
    return new ByteRunAutomaton(Operations.determinize(automaton, LUCENE_WORK_LIMIT));
  }
}
