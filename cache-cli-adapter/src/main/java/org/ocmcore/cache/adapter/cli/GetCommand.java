package org.ocmcore.cache.adapter.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.viewer.DecoderChain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cache get}: shows values. */
@Command(
    name = "get",
    header = "Show keys with their values.",
    description = {
      "Reading a value counts as a hit, as for any client. Exit status 6 if a key is not there.",
      "Values of keys that CACHE_HIDE_VALUES hides are not shown."
    })
final class GetCommand extends Verb {
  @Parameters(paramLabel = "KEY", arity = "1..*", description = "keys, as lists show them")
  private List<String> keys;

  @Option(names = "--raw", description = "the bytes of one value alone, as they are")
  private boolean isRaw;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "write the bytes of one value, as --raw gives them, into this file; - as --raw")
  private String file;

  @Option(names = "--force", description = "replace FILE if it exists")
  private boolean replaces;

  @Option(
      names = "--decode",
      paramLabel = "auto|none|CHAIN",
      description =
          "show what the value is: auto finds out, CHAIN is such as base64,gzip,json; nothing is executed")
  private String decoders;

  @Option(
      names = "--meta",
      description = "what is known without the value; counts as no read and touches nothing")
  private boolean isMeta;

  @Mixin
  private OutputOptions output;

  @Mixin
  private KeyArgument form;

  @Mixin
  private TargetOptions target;

  GetCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    if ("-".equals(file)) {
      isRaw = true;
      file = null;
    }
    requireOneForm();
    DecoderChain chain = decoders == null ? null : chain();
    keys.forEach(form::parse);
    PlainEntry plain = new PlainEntry(output, context());
    SavedFile saved =
        file == null ? null : new SavedFile(new FileArgument().convert(file), replaces);
    try (CommandTarget cache = target.open(host(), context())) {
      if (isMeta) {
        return show(cache::inspect, MetadataView.COLUMNS, plain::print);
      }
      if (isRaw || saved != null) {
        return take(cache, Optional.ofNullable(saved));
      }
      return chain == null
          ? show(cache::get, EntryView.COLUMNS, plain::print)
          : show(key -> cache.decode(key, chain), DecodedView.COLUMNS, plain::print);
    }
  }

  /** Throws {@link WrongUsage} if the options name several forms of the value. */
  private void requireOneForm() {
    Map<String, Boolean> forms = new LinkedHashMap<>();
    forms.put("--meta", isMeta);
    forms.put("--raw", isRaw);
    forms.put("--decode", decoders != null);
    forms.put("--file", file != null);
    List<String> given = forms.keySet().stream().filter(forms::get).toList();
    if (given.size() > 1) {
      throw new WrongUsage("give %s or %s, not both".formatted(given.get(0), given.get(1)));
    }
    if (keys.size() > 1 && (isRaw || file != null)) {
      throw new WrongUsage(given.get(0) + " takes one key, since nothing marks the end of a value");
    }
    if (replaces && file == null) {
      throw new WrongUsage("--force is for --file");
    }
  }

  private int take(CommandTarget cache, Optional<SavedFile> saved) throws IOException {
    Optional<byte[]> found = cache.bytes(form.parse(keys.get(0)));
    if (found.isEmpty()) {
      return missing(keys.get(0));
    }
    if (saved.isPresent()) {
      long size = saved.get().write(new ByteArrayInputStream(found.get()));
      context().out().println("%s (%s)".formatted(file, Formats.bytes(size)));
    } else {
      context().rawOut().writeBytes(found.get());
    }
    return Exit.DONE;
  }

  private int missing(String key) {
    context()
        .messages()
        .printFailure("there is no key %s".formatted(TerminalText.key(key)), Exit.NOT_FOUND);
    return Exit.NOT_FOUND;
  }

  private <T> int show(
      Function<CacheKey, Optional<T>> finder, List<Column<T>> columns, Consumer<T> plain) {
    int status = Exit.DONE;
    try (RowPrinter<T> rows = output.isTable()
        ? RowPrinter.of(plain)
        : output.lines(columns, context().out())) {
      for (String key : keys) {
        Optional<T> found = finder.apply(form.parse(key));
        found.ifPresent(rows::print);
        if (found.isEmpty()) {
          status = missing(key);
        }
      }
    }
    return status;
  }

  private DecoderChain chain() {
    try {
      return DecoderChain.parse(decoders);
    } catch (IllegalArgumentException e) {
      throw FilterOptions.wrong(
          "--decode", decoders, e.getMessage() + "; commas stand between decoders");
    }
  }
}
