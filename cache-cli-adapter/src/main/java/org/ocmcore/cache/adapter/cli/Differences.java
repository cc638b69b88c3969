package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/** How two sets of keys differ. */
interface Differences {
  /** Each key is in one of these. */
  @JsonIgnore
  List<Group> groups();

  /** Whether nothing that was compared is damaged. */
  @JsonIgnore
  boolean areWhole();

  /** Keys that differ in the same way. @param first some of them */
  record Group(String name, long count, List<NameView> first) {}
}
