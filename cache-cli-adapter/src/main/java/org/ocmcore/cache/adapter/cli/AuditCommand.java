package org.ocmcore.cache.adapter.cli;

import java.util.Map;
import picocli.CommandLine.Command;

/** {@code cache audit}: the audit log of a service. */
@Command(
    name = "audit",
    header = "Find what was changed in an audit log.",
    description = "A service writes the log that CACHE_AUDIT_FILE names.")
final class AuditCommand extends VerbGroup {
  AuditCommand(CommandHost host, CommandContext context) {
    super(Map.of("verify", new AuditVerify(host, context)));
  }
}
