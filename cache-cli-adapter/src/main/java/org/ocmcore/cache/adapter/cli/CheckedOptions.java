package org.ocmcore.cache.adapter.cli;

/** Options whose values are checked before a verb begins, so that it has done nothing yet. */
interface CheckedOptions {
  /** @throws WrongUsage if a value is wrong */
  void check();
}
