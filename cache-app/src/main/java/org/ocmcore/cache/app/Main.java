package org.ocmcore.cache.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.ocmcore.cache.adapter.cli.Colors;
import org.ocmcore.cache.adapter.cli.CommandContext;
import org.ocmcore.cache.adapter.cli.CommandLineRunner;
import org.ocmcore.cache.adapter.cli.Exit;
import org.ocmcore.cache.adapter.cli.Interruption;
import org.ocmcore.cache.adapter.cli.InvalidSettings;
import org.ocmcore.cache.adapter.cli.LeadingOptions;
import org.ocmcore.cache.adapter.cli.PrintableStream;
import org.ocmcore.cache.adapter.cli.Terminal;
import org.ocmcore.cache.domain.error.CacheException;
import org.slf4j.helpers.NOP_FallbackServiceProvider;

/** The executable: the command line with everything that it needs. */
public final class Main {
  private final CommandContext context;

  Main(PrintStream out, PrintStream err, Map<String, String> environment) {
    this(new CommandContext(
        System.in, out, err, false, environment, new Interruption(), Clock.systemUTC()));
  }

  Main(CommandContext context) {
    this.context = context;
  }

  /** Executes the command. {@code serve} runs until the process is ended. */
  public static void main(String[] arguments) {
    AddressCache.keepBriefly();
    boolean isService = LeadingOptions.behindVerb(List.of(arguments)).indexOf("serve") == 0;
    if (!isService) {
      logNothing();
    }
    PrintStream err = isService && LogFormat.of(System.getenv()) == LogFormat.JSON
        ? logJson(System.err)
        : new PrintableStream(System.err);
    System.setErr(err);
    MemoryExit.install(err, isService ? Exit.OUT_OF_MEMORY : Exit.FAILED);
    BooleanSupplier isInteractive = isService ? () -> false : Terminal::isStandardError;
    int status = new Main(new CommandContext(
            System.in,
            new FileOutputStream(FileDescriptor.out),
            err,
            isInteractive,
            new Colors(System.getenv(), Terminal::isStandardOutput, isInteractive),
            System.getenv(),
            new Interruption(),
            Clock.systemUTC()))
        .execute(List.of(arguments));
    if (status != Exit.DONE) {
      System.exit(status);
    }
  }

  /** A command prints messages itself. Must be set before the first logger exists. */
  private static void logNothing() {
    System.setProperty("slf4j.provider", NOP_FallbackServiceProvider.class.getName());
    // It would report what is set here.
    System.setProperty("slf4j.internal.verbosity", "WARN");
  }

  /** Logs to this stream, and returns one for what is printed beside the log. */
  private static PrintStream logJson(PrintStream target) {
    LogConfigurator.logJson(target);
    return JsonErrors.to(target);
  }

  int execute(List<String> arguments) {
    return new CommandLineRunner(new AppCommandHost(this::serve), context).execute(arguments);
  }

  private int serve() {
    try {
      AppConfig config = AppConfig.from(context.environment());
      LogConfigurator.setLevel(config.log().level());
      config.access().requireSafe(config.http());
      Service service = Service.create(config);
      JitWarmUp warmUp = JitWarmUp.of(service, config);
      Shutdown shutdown = Shutdown.install(
          () -> {
            warmUp.close();
            service.close();
          },
          context.err());
      try {
        service.start();
      } catch (IOException | CacheException e) {
        shutdown.remove();
        throw e;
      }
      if (shutdown.hasBegun()) {
        return Exit.DONE;
      }
      context.out().println(ReadyLine.of(config, service.port()));
      service
          .unreachable()
          .forEach(failure -> context
              .out()
              .printf(
                  "waiting for %s: %s; until then lists, searches and its keys answer 503%n",
                  failure.server(), failure.reason()));
      if (config.jitWarmUp() && config.store() instanceof AppConfig.Memcached) {
        warmUp.start();
      }
      return Exit.DONE;
    } catch (InvalidSettings e) {
      context.err().println("cache: cannot start: " + e.problems().get(0));
      e.problems().stream().skip(1).forEach(problem -> context.err().println("  also: " + problem));
      return Exit.USAGE;
    } catch (CacheException e) {
      context.err().println("cache: cannot start: " + e.getMessage());
    } catch (IOException e) {
      context
          .err()
          .println("cache: cannot start: " + e.getMessage() + "; CACHE_HTTP_HOST and"
              + " CACHE_HTTP_PORT say where it listens");
    }
    return Exit.FAILED;
  }
}
