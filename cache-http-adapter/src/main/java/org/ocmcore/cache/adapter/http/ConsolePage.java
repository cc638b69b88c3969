package org.ocmcore.cache.adapter.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The page of the console. The addresses of its files have their versions, so that a browser keeps
 * the files without asking, and loads what a new version of the service has changed.
 *
 * @param policy its {@code Content-Security-Policy}
 */
record ConsolePage(TextPage page, String policy) {
  /** The map from names of modules to files; the one script that is not a file of its own. */
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  private static final String IMPORTS = "\"imports\": {";

  /**
   * Makes the page.
   *
   * @param html the page as it is written; its import map has the libraries
   * @param files what it loads
   * @param versioned the address of a file with its version
   */
  static ConsolePage of(
      String html, List<StaticFile> files, Function<StaticFile, String> versioned) {
    String page = html;
    for (StaticFile file : files) {
      page = page.replace("\"" + file.name() + "\"", "\"" + versioned.apply(file) + "\"")
          .replace("\"./" + file.name() + "\"", "\"./" + versioned.apply(file) + "\"");
    }
    // A map leads from the address that a module imports to another one, too.
    String modules = files.stream()
        .filter(file -> file.name().endsWith(".js"))
        .map(file -> "\"./%s\": \"./%s\"".formatted(file.name(), versioned.apply(file)))
        .collect(Collectors.joining(", ", IMPORTS, ","));
    page = page.replace(IMPORTS, modules);
    return new ConsolePage(
        new TextPage("text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8)),
        policy(page));
  }

  /**
   * Scripts of this service only, and nothing that turns text into a script. @param html has the
   * import map
   */
  private static String policy(String html) {
    Matcher map = IMPORT_MAP.matcher(html);
    if (!map.find()) {
      throw new IllegalStateException("index.html of the console has no import map");
    }
    return "default-src 'none'; script-src 'self' 'sha256-" + hash(map.group(1)) + "'; "
        + "style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";
  }

  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
