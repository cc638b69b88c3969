package org.ocmcore.cache.adapter.http;

/** The body of an answer to a request for a change; its message also goes to the log. */
interface ChangeAnswer {
  /** The change in a sentence for people. */
  String message();
}
