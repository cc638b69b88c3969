package org.ocmcore.cache.adapter.cli;

import java.util.List;
import org.ocmcore.cache.domain.port.DumpDamage;
import org.ocmcore.cache.domain.port.DumpInfo;

/** A part of a dump that cannot be used. @param from in bytes @param to in bytes, exclusive */
record DamageView(long from, long to, String reason) {
  static List<DamageView> of(DumpInfo dump) {
    return dump.damages().stream().map(DamageView::of).toList();
  }

  private static DamageView of(DumpDamage damage) {
    return new DamageView(damage.from(), damage.to(), damage.reason());
  }
}
