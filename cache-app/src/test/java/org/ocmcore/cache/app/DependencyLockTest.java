package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The libraries of the executable are those of {@code dependencies.lock}, byte for byte. */
class DependencyLockTest {
  private static final Path LOCK = Path.of("..", "dependencies.lock");
  private static final Path ACTUAL = Path.of("target", "dependencies.lock");
  /**
   * As Maven lists them: group, artifact, type, perhaps classifier, version, scope, file, module.
   */
  private static final Pattern LIBRARY = Pattern.compile(
      " +([^: ]+:[^:]+):jar:((?:[^:]+:)?[^:]+):(?:compile|runtime):(.+?\\.jar)(?: -- module .*)?");

  /**
   * The lines {@code group:artifact:version SHA-256} of the lock.
   *
   * @throws IOException if there is no lock
   */
  static TreeSet<String> locked() throws IOException {
    return new TreeSet<>(
        Files.readAllLines(LOCK).stream().filter(line -> !line.startsWith("#")).toList());
  }

  private static TreeSet<String> actual() throws IOException, NoSuchAlgorithmException {
    TreeSet<String> libraries = new TreeSet<>();
    List<String> lines = Files.readAllLines(Path.of("target", "dependencies.txt"));
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("The following files")) {
        continue;
      }
      Matcher library = LIBRARY.matcher(line);
      assertTrue(library.matches(), line);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] sum = digest.digest(Files.readAllBytes(Path.of(library.group(3))));
      libraries.add(
          library.group(1) + ":" + library.group(2) + " " + HexFormat.of().formatHex(sum));
    }
    return libraries;
  }

  @Test
  void theLibrariesAreTheLockedOnes() throws Exception {
    TreeSet<String> actual = actual();
    List<String> text = new ArrayList<>(
        List.of(
            "# The libraries of the executable with their SHA-256. CONTRIBUTING.md says how to update one."));
    text.addAll(actual);
    Files.write(ACTUAL, text);

    TreeSet<String> added = new TreeSet<>(actual);
    added.removeAll(locked());
    TreeSet<String> missing = new TreeSet<>(locked());
    missing.removeAll(actual);
    assertTrue(
        added.isEmpty() && missing.isEmpty(),
        "The libraries are not those of dependencies.lock. If you changed them: "
            + "cp cache-app/target/dependencies.lock dependencies.lock\nnot locked:\n"
            + String.join("\n", added) + "\nlocked, but not used:\n" + String.join("\n", missing));
  }
}
