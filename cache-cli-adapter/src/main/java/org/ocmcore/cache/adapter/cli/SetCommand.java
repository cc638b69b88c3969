package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cache set}: stores a value. */
@Command(
    name = "set",
    header = "Store a value under a key.",
    description = {
      "VALUE is stored as its UTF-8 bytes, which every client reads. - reads it from standard input,",
      "@FILE from a file. Flags of an older value stay unless --flags is given. Production refuses it."
    })
final class SetCommand extends Verb {
  @Parameters(index = "0", paramLabel = "KEY", description = "the key")
  private String key;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VALUE|-|@FILE",
      description = "the value; standard input if it is left out")
  private String value;

  @Option(
      names = "--ttl",
      paramLabel = "TIME|never|keep",
      description = "its lifetime, such as 90s or 2h (default 1h); keep: that of the older value")
  private String ttl = "1h";

  @Option(names = "--flags", paramLabel = "N", description = "its flags, 0 to 4294967295")
  private String flags;

  @Option(names = "--add", description = "store only if the key is not there; else exit status 7")
  private boolean isAdd;

  @Option(names = "--replace", description = "store only if the key is there; else exit status 7")
  private boolean isReplace;

  @Mixin
  private KeyArgument form;

  @Mixin
  private OutputOptions output;

  @Mixin
  private TargetOptions target;

  SetCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    CommandTarget.StoreCondition condition = condition();
    Optional<Lifetime> lifetime =
        ttl.equals("keep") ? Optional.empty() : Optional.of(LifetimeArgument.parse("--ttl", ttl));
    OptionalLong given = flags == null
        ? OptionalLong.empty()
        : OptionalLong.of(Numbers.of("--flags", flags, 0, CacheValue.MAX_FLAGS));
    CommandTarget.NewValue stored =
        new CommandTarget.NewValue(form.parse(key), bytes(), given, lifetime, condition);
    try (CommandTarget cache = target.open(host(), context())) {
      context().messages().printPart("on " + cache.place());
      new MessageView(cache.store(stored)).print(output, context());
      return Exit.DONE;
    }
  }

  private CommandTarget.StoreCondition condition() {
    if (isAdd && isReplace) {
      throw new WrongUsage("give --add or --replace, not both");
    }
    if (isAdd && ttl.equals("keep")) {
      throw new WrongUsage("--add stores a new key, which has no lifetime for --ttl keep");
    }
    if (isAdd) {
      return CommandTarget.StoreCondition.ABSENT;
    }
    return isReplace ? CommandTarget.StoreCondition.PRESENT : CommandTarget.StoreCondition.NONE;
  }

  private byte[] bytes() throws IOException {
    if (value == null) {
      byte[] given = context().in().readAllBytes();
      if (given.length == 0) {
        throw new WrongUsage(
            "no value: standard input is empty; to store an empty value, give \"\" or -");
      }
      return given;
    }
    if (value.equals("-")) {
      return context().in().readAllBytes();
    }
    if (!value.startsWith("@")) {
      return value.getBytes(StandardCharsets.UTF_8);
    }
    Path file = new FileArgument().convert(value.substring(1));
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IOException("%s cannot be read: %s".formatted(file, IoReason.of(e)), e);
    }
  }
}
