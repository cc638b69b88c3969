package org.ocmcore.cache.app;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.ocmcore.cache.adapter.http.HttpApi;
import org.ocmcore.cache.domain.access.Environment;
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
    String command = arguments.isEmpty() ? "" : arguments.get(0);
    if (arguments.size() > 1) {
      return wrongUsage(
          "%s takes no arguments, \"%s\" was given; settings are environment variables"
              .formatted(command, arguments.get(1)));
    }
    return switch (command) {
      case "serve" -> serve();
      case "--help", "-h", "help" -> tell(help());
      case "--version" -> tell("Cache App " + Version.TEXT);
      case "" -> wrongUsage("no command is given");
      default -> wrongUsage("unknown command: " + command);
    };
  }

  private int tell(String text) {
    out.println(text);
    return OK;
  }

  private int wrongUsage(String problem) {
    err.println("cache: " + problem + "; try cache --help");
    return USAGE;
  }

  private int serve() {
    try {
      AppConfig config = AppConfig.from(environment);
      Service service = Service.create(config);
      service.start();
      Runtime.getRuntime().addShutdownHook(new Thread(service::close, "shutdown"));
      out.printf(
          "Cache App %s is ready: http://%s:%d%s/ (store: %s, environment: %s%s)%n",
          Version.TEXT,
          host(config),
          service.port(),
          HttpApi.BASE,
          config.store().backend(),
          config.environment(),
          config.environment() == Environment.PRODUCTION ? ", read only" : "");
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
    return help.append(
            "\nExit status: 0 done, 1 could not start, 2 wrong usage, 130 and 143 ended by Ctrl-C or SIGTERM.")
        .toString();
  }
}
