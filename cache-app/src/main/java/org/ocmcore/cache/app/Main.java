package org.ocmcore.cache.app;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.ocmcore.cache.adapter.http.Spelling;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.ManagementForbidden;

/** The command line. */
public final class Main {
  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;
  private final boolean interactive;

  Main(PrintStream out, PrintStream err, Map<String, String> environment) {
    this(out, err, environment, false);
  }

  private Main(
      PrintStream out, PrintStream err, Map<String, String> environment, boolean interactive) {
    this.out = new PrintableStream(out);
    this.err = new PrintableStream(err);
    this.environment = environment;
    this.interactive = interactive;
  }

  /** Executes the command. {@code serve} runs until the process is ended. */
  public static void main(String[] arguments) {
    AddressCache.keepBriefly();
    boolean isService = arguments.length > 0 && arguments[0].equals(Command.SERVE.toString());
    if (!isService) {
      // A command prints messages itself. Must be set before the first logger exists.
      System.setProperty("org.slf4j.simpleLogger.log.org.ocmcore.cache", "off");
    }
    PrintStream err = new PrintableStream(System.err);
    System.setErr(err);
    MemoryExit.install(err, isService ? Exit.OUT_OF_MEMORY : Exit.FAILED);
    int status = new Main(
            System.out, err, System.getenv(), !isService && Terminal.isStandardError())
        .execute(List.of(arguments));
    if (status != Exit.DONE) {
      System.exit(status);
    }
  }

  int execute(List<String> arguments) {
    String name = arguments.isEmpty() ? "" : arguments.get(0);
    List<String> rest = arguments.stream().skip(1).toList();
    try {
      return switch (name) {
        case "" -> throw new WrongUsage("no command is given");
        case "--help", "-h", "help" ->
          print(rest.isEmpty() ? help() : command(rest.get(0)).help());
        case "--version" -> print("Cache App " + Version.TEXT);
        default -> execute(command(name), rest);
      };
    } catch (WrongUsage e) {
      String help =
          Command.named(name).map(command -> "cache help " + command).orElse("cache --help");
      err.println("cache: " + e.getMessage() + "; try " + help);
      return Exit.USAGE;
    }
  }

  private static Command command(String name) {
    return Command.named(name)
        .orElseThrow(() -> new WrongUsage("unknown command: %s; did you mean %s?"
            .formatted(name, Spelling.nearest(name, Command.names()))));
  }

  private int print(String text) {
    text.lines().forEach(out::println);
    return Exit.DONE;
  }

  private int execute(Command command, List<String> arguments) {
    CommandLine line = CommandLine.parse(command, arguments);
    if (line.flag("help")) {
      return print(command.help());
    }
    if (command.isService()) {
      return serve();
    }
    try (Interruption interruption = Interruption.listen()) {
      return execute(
          command, line, new CommandContext(out, err, interactive, environment, interruption));
    }
  }

  private static int execute(Command command, CommandLine line, CommandContext context) {
    try {
      return switch (command) {
        case CHECK -> new CheckCommand(context).execute();
        case DUMP -> new DumpCommand(context, line).execute();
        case RESTORE -> new RestoreCommand(context, line).execute();
        case VERIFY -> new VerifyCommand(context, line).execute();
        case INSPECT -> new InspectCommand(context, line).execute();
        case TOKEN -> new TokenCommand(context, line, System.in, Clock.systemUTC()).execute();
        case AUDIT -> new AuditCommand(context, line).execute();
        case SERVE -> throw new IllegalStateException("the service is no command that ends");
      };
    } catch (InvalidSettings e) {
      e.problems().forEach(context::printMessage);
      return Exit.USAGE;
    } catch (ManagementForbidden e) {
      context.printMessage(
          "%s failed: %s; the service that is to change anything is started with %s=development"
              .formatted(command, e.getMessage(), Setting.CACHE_ENVIRONMENT));
      context.printMessage(
          "to allow it: CACHE_ENVIRONMENT=development cache %s ...; --dry-run is allowed as it is"
              .formatted(command));
      return Exit.of(e);
    } catch (Cancelled e) {
      context.printMessage(e.getMessage());
      return Exit.of(e);
    } catch (CacheException e) {
      context.printMessage("%s failed: %s".formatted(command, e.getMessage()));
      return Exit.of(e);
    } catch (IOException e) {
      context.printMessage("%s failed: %s".formatted(command, e.getMessage()));
      return Exit.FAILED;
    }
  }

  private int serve() {
    try {
      AppConfig config = AppConfig.from(environment);
      config.access().requireSafe(config.http());
      Service service = Service.create(config);
      Shutdown shutdown = Shutdown.install(service, err);
      try {
        service.start();
      } catch (IOException | CacheException e) {
        shutdown.remove();
        throw e;
      }
      if (shutdown.hasBegun()) {
        return Exit.DONE;
      }
      out.println(ReadyLine.of(config, service.port()));
      service
          .unreachable()
          .forEach(failure -> out.printf(
              "waiting for %s: %s; until then lists, searches and its keys answer 503%n",
              failure.server(), failure.reason()));
      return Exit.DONE;
    } catch (InvalidSettings e) {
      err.println("cache: cannot start: " + e.problems().get(0));
      e.problems().stream().skip(1).forEach(problem -> err.println("  also: " + problem));
      return Exit.USAGE;
    } catch (CacheException e) {
      err.println("cache: cannot start: " + e.getMessage());
    } catch (IOException e) {
      err.println("cache: cannot start: " + e.getMessage() + "; CACHE_HTTP_HOST and"
          + " CACHE_HTTP_PORT say where it listens");
    }
    return Exit.FAILED;
  }

  private static String help() {
    StringBuilder help = new StringBuilder("""
        Sees, finds, manages, dumps and restores every key on every memcached server.

        usage:
        """);
    for (Command command : Command.values()) {
      help.append("  %-33s %s%n".formatted(command.usage(), command.summary()));
    }
    help.append("""
          cache help COMMAND                options, and more about it
          cache --help                      this text
          cache --version                   the version

        Settings are environment variables:
        """);
    for (Setting setting : Setting.values()) {
      help.append("  %-25s %s%n".formatted(setting, setting.meaning()));
      if (!setting.standard().isEmpty()) {
        help.append("  %-25s default: %s%n".formatted("", setting.standard()));
      }
    }
    return help.append("\n").append(Exit.HELP).toString();
  }
}
