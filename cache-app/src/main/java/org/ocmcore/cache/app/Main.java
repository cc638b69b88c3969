package org.ocmcore.cache.app;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.ocmcore.cache.adapter.http.HttpApi;
import org.ocmcore.cache.domain.error.CacheException;

/** The command line. */
public final class Main {
  private static final int OK = 0;
  private static final int CANNOT_START = 1;
  private static final int USAGE = 2;

  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;

  Main(PrintStream out, PrintStream err, Map<String, String> environment) {
    this.out = out;
    this.err = err;
    this.environment = environment;
  }

  /** Runs the command; {@code serve} goes on until the process is told to end. */
  public static void main(String[] arguments) {
    int status = new Main(System.out, System.err, System.getenv()).run(List.of(arguments));
    if (status != OK) {
      System.exit(status);
    }
  }

  int run(List<String> arguments) {
    String command = arguments.size() == 1 ? arguments.get(0) : "";
    return switch (command) {
      case "serve" -> serve();
      case "--help", "-h", "help" -> {
        out.println(help());
        yield OK;
      }
      case "--version" -> {
        out.println("Cache App " + version());
        yield OK;
      }
      default -> {
        String given = arguments.isEmpty()
            ? "no command is given"
            : "unknown command: " + String.join(" ", arguments);
        err.println("cache: " + given + "; try cache --help");
        yield USAGE;
      }
    };
  }

  private int serve() {
    try {
      AppConfig config = AppConfig.from(environment);
      Service service = Service.create(config);
      service.start();
      Runtime.getRuntime().addShutdownHook(new Thread(service::close, "shutdown"));
      out.printf(
          "Cache App %s is ready: http://%s:%d%s/ (store: %s, environment: %s)%n",
          version(),
          host(config),
          service.port(),
          HttpApi.BASE,
          config.store().backend(),
          config.environment());
      return OK;
    } catch (InvalidSettings e) {
      err.println("cache: cannot start: " + String.join("\n  also: ", e.problems()));
    } catch (CacheException | IOException e) {
      err.println("cache: cannot start: " + e.getMessage());
    }
    return CANNOT_START;
  }

  private static String host(AppConfig config) {
    String host = config.http().host();
    return host.contains(":") ? "[" + host + "]" : host;
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  private static String help() {
    StringBuilder help = new StringBuilder("""
        Sees, finds, manages, dumps and restores every key on every memcached server.

        usage: cache serve        run the service in the foreground; Ctrl-C ends it
               cache --help       this text
               cache --version    the version

        Settings are environment variables:
        """);
    for (Setting setting : Setting.values()) {
      help.append("  %-25s %s%n".formatted(setting, setting.meaning()));
      if (!setting.standard().isEmpty()) {
        help.append("  %-25s default: %s%n".formatted("", setting.standard()));
      }
    }
    return help.append("\nExit status: 0 ended as asked, 1 could not start, 2 wrong usage.")
        .toString();
  }
}
