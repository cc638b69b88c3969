package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.ManagementForbidden;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.TypeConversionException;

/** Parses arguments and executes the command that they name. */
public final class CommandLineRunner {
  /** The environment variables that are for the command line alone. */
  public static final Set<String> VARIABLES =
      Set.of(ServiceOptions.URL_VARIABLE, ServiceOptions.TOKEN_VARIABLE);

  private static final int WIDTH = 100;

  private final CommandHost host;
  private final CommandContext context;

  /** @param context whose interruption is not listening yet */
  public CommandLineRunner(CommandHost host, CommandContext context) {
    this.host = host;
    this.context = context;
  }

  private CommandLine parser(List<String> arguments) {
    CommandLine root = new CommandLine(new RootCommand(host, context.colors()));
    Verbs.of(arguments, host, context).forEach((name, verb) -> root.addSubcommand(name, verb));
    layOut(root);
    // The synopsis of its own ends with an empty line.
    root.getCommandSpec().usageMessage().optionListHeading("");
    root.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    root.setUsageHelpWidth(WIDTH);
    root.setUsageHelpAutoWidth(false);
    // An argument such as @FILE is for the verb.
    root.setExpandAtFiles(false);
    root.setCaseInsensitiveEnumValuesAllowed(false);
    root.setAbbreviatedOptionsAllowed(false);
    root.setOut(new PrintWriter(context.out(), true));
    root.setErr(new PrintWriter(context.err(), true));
    Handlers handlers = new Handlers();
    root.setExecutionStrategy(handlers);
    root.setParameterExceptionHandler(handlers);
    root.setExecutionExceptionHandler(handlers);
    return root;
  }

  private static void layOut(CommandLine verb) {
    verb.getSubcommands().values().forEach(CommandLineRunner::layOut);
    verb.getCommandSpec()
        .usageMessage()
        .synopsisHeading("%nusage: ")
        .abbreviateSynopsis(true)
        .synopsisSubcommandLabel("VERB")
        .commandListHeading("%nVerbs:%n")
        .descriptionHeading("%n")
        .parameterListHeading("%n")
        .optionListHeading("%n")
        .footerHeading("%n")
        .sortOptions(false);
  }

  /**
   * Executes a command.
   *
   * @return the exit status, see {@link Exit}
   */
  public int execute(List<String> arguments) {
    if (OutputOptions.areJson(arguments)) {
      // Before anything else: errors in the arguments are messages as well.
      context.messages().useJson();
    }
    List<String> ordered = LeadingOptions.behindVerb(arguments);
    return parser(ordered).execute(ordered.toArray(String[]::new));
  }

  private int execute(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    try {
      context.colors().requireKnown();
      UnreadableArgument.refuse(last);
      for (CommandSpec mixin : last.commandSpec().mixins().values()) {
        if (mixin.userObject() instanceof CheckedOptions options) {
          options.check();
        }
      }
    } catch (WrongUsage e) {
      return wrongUsage(e.getMessage(), last.commandSpec().commandLine());
    }
    if (last.commandSpec().userObject() instanceof ServeCommand && !isHelp(parsed)) {
      // The service ends by itself.
      return new RunLast().execute(parsed);
    }
    context.interruption().listen();
    try {
      return ended(new RunLast().execute(parsed));
    } finally {
      context.interruption().close();
    }
  }

  /** The exit status of a command that has printed its result. */
  private int ended(int status) {
    Optional<IOException> loss = context.endResult();
    if (loss.isEmpty()) {
      return status;
    }
    return fail(
        "the result could not be written: " + IoReason.of(loss.get()),
        status == Exit.DONE ? Exit.FAILED : status);
  }

  private static boolean isHelp(ParseResult parsed) {
    return parsed.isUsageHelpRequested()
        || parsed.isVersionHelpRequested()
        || parsed.hasSubcommand() && isHelp(parsed.subcommand());
  }

  private int wrongUsage(ParameterException failure, List<String> arguments) {
    CommandLine command = failure.getCommandLine();
    String problem = ArgumentProblem.of(failure, arguments);
    if (command.getParent() != null) {
      return wrongUsage(problem, command);
    }
    fail(problem, Exit.USAGE);
    if (!context.messages().areJson()) {
      printVerbs(parser(List.of()), arguments.isEmpty());
    }
    return Exit.USAGE;
  }

  /** In few lines if something is wrong, which then stays on the screen. */
  private void printVerbs(CommandLine root, boolean isInFull) {
    if (isInFull) {
      root.usage(context.err());
    } else {
      context.printMessage("verbs: " + String.join(", ", root.getSubcommands().keySet()));
      context.printMessage("cache --help says what they do");
    }
  }

  private int wrongUsage(String message, CommandLine command) {
    return fail(
        "%s; try %s --help".formatted(message, command.getCommandSpec().qualifiedName()),
        Exit.USAGE);
  }

  private int fail(String message, int exit) {
    context.messages().printFailure(message, exit);
    return exit;
  }

  private int failed(Exception failure, CommandLine command) throws Exception {
    if (failure instanceof IOException && context.isResultBroken()) {
      return ended(Exit.DONE);
    }
    String name = command.getCommandSpec().qualifiedName().replaceFirst("^cache ", "");
    if (failure instanceof WrongUsage || failure instanceof TypeConversionException) {
      return wrongUsage(failure.getMessage(), command);
    }
    if (failure instanceof InvalidSettings settings) {
      settings.problems().forEach(problem -> fail(problem, Exit.USAGE));
      return Exit.USAGE;
    }
    if (failure instanceof ManagementForbidden) {
      fail("%s failed: %s".formatted(name, failure.getMessage()), Exit.FORBIDDEN);
      context.printMessage("to allow it: CACHE_ENVIRONMENT=development cache %s ...%s"
          .formatted(name, name.equals("restore") ? "; --dry-run is allowed as it is" : ""));
      return Exit.FORBIDDEN;
    }
    if (failure instanceof Cancelled cancelled) {
      return fail(failure.getMessage(), Exit.of(cancelled));
    }
    if (failure instanceof CacheException known) {
      return fail("%s failed: %s".formatted(name, failure.getMessage()), Exit.of(known));
    }
    if (failure instanceof ResultStream.Unwritable) {
      return ended(Exit.DONE);
    }
    if (failure instanceof RequestProblem refused) {
      context
          .messages()
          .printFailure(
              "%s failed: %s".formatted(name, failure.getMessage()),
              refused.type(),
              refused.exit());
      return refused.exit();
    }
    if (failure instanceof IOException file) {
      return fail("%s failed: %s".formatted(name, IoReason.withFile(file)), Exit.FAILED);
    }
    throw failure;
  }

  /**
   * What picocli calls. No lambdas and no references to methods of picocli: Java links what these
   * name when it makes the archive of classes, and takes a class in the format of Java 5 only as
   * long as it is not linked.
   */
  private final class Handlers
      implements IExecutionStrategy, IParameterExceptionHandler, IExecutionExceptionHandler {
    @Override
    public int execute(ParseResult parsed) {
      return CommandLineRunner.this.execute(parsed);
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
      return wrongUsage(failure, List.of(arguments));
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed)
        throws Exception {
      return failed(failure, command);
    }
  }
}
