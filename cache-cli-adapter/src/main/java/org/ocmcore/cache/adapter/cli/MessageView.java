package org.ocmcore.cache.adapter.cli;

import java.util.List;
import java.util.Objects;

/** What was done, in a sentence, as the API has it. */
record MessageView(String message) {
  private static final List<Column<MessageView>> COLUMNS =
      List.of(Column.text("message", "message", MessageView::message));

  MessageView {
    Objects.requireNonNull(message);
  }

  /** Prints it: in a table, as a line without a head. */
  void print(OutputOptions output, CommandContext context) {
    if (output.isTable()) {
      context.out().println(message);
    } else {
      output.print(this, List.of(this), COLUMNS, context);
    }
  }
}
