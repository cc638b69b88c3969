package org.ocmcore.cache.adapter.cli;

import java.util.OptionalLong;

/** Shows people what a key holds: a name and a fact a line. */
final class PlainEntry {
  private final CommandContext context;

  PlainEntry(CommandContext context) {
    this.context = context;
  }

  void print(EntryView entry) {
    printKey(entry.key());
    printTtl(entry.ttlSeconds());
    print("size", Formats.bytes(entry.sizeBytes()));
    print("flags", Long.toString(entry.flags()));
    print("server", entry.server());
    print(
        "value",
        "%s (%s)"
            .formatted(
                entry.encoding().equals("hidden") ? "shown to nobody" : entry.text(),
                entry.encoding()));
  }

  void print(MetadataView found) {
    printKey(found.key());
    printTtl(found.ttlSeconds());
    print("size", Formats.bytes(found.sizeBytes()));
    found.flags().ifPresent(flags -> print("flags", Long.toString(flags)));
    found.lastAccessSeconds().ifPresent(idle -> print("idle", Durations.text(idle)));
    print("fetched", found.fetched() ? "yes" : "no");
    print("server", found.server());
  }

  /** With the content in as many lines as it has. */
  void print(DecodedView view) {
    printKey(view.key());
    print("size", Formats.bytes(view.sizeBytes()));
    print("flags", Long.toString(view.flags()));
    print("server", view.server());
    view.steps()
        .forEach(step -> print(
            "step",
            "%s: %s, %s".formatted(step.decoder(), step.reason(), Formats.bytes(step.bytes()))));
    print("format", view.format());
    view.notes().forEach(note -> print("note", note));
    view.content()
        .ifPresent(
            content -> content.lines().map(TerminalText::value).forEach(context.out()::println));
    if (view.truncated()) {
      context.printMessage("%s of %s characters are shown"
          .formatted(
              Formats.count(view.content().map(String::length).orElse(0)),
              Formats.count(view.length())));
    }
  }

  private void printKey(String key) {
    print("key", TerminalText.line(key));
  }

  private void printTtl(OptionalLong seconds) {
    print("ttl", seconds.isPresent() ? Durations.text(seconds.getAsLong()) : "never");
  }

  private void print(String name, String fact) {
    context.out().println("%-8s%s".formatted(name, fact));
  }
}
