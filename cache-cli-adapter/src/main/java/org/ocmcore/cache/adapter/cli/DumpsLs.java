package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cache dumps ls}. */
@Command(
    name = "ls",
    header = "List the dumps of a service, newest first.",
    description = "The service checks each of them, which may take a while.")
final class DumpsLs extends Verb {
  private static final List<Column<DumpView>> COLUMNS = List.of(
      Column.text("created_at", "created", DumpView::createdAt),
      Column.count("entries", "entries", DumpView::entries),
      Column.bytes("bytes", "size", DumpView::bytes),
      Column.flag("valid", "valid", DumpView::valid),
      Column.flag("complete", "complete", DumpView::complete),
      Column.flag("current", "current", DumpView::current),
      Column.text("name", "name", DumpView::name));

  @Mixin
  private OutputOptions output;

  @Mixin
  private ServiceOptions service;

  DumpsLs(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    DumpView.All all = service.require(context()).get("dumps/", Map.of(), DumpView.All.class);
    output.print(all, all.dumps(), COLUMNS, context());
    if (all.dumps().isEmpty()) {
      context()
          .printMessage(
              "the service has no dump; cache dumps make or CACHE_AUTO_DUMP_INTERVAL makes one");
    }
    return Exit.DONE;
  }
}
