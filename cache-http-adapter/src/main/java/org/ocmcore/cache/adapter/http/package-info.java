/**
 * The REST API, on Javalin and Jackson. Start at {@link org.ocmcore.cache.adapter.http.HttpApi}.
 * The classes called {@code ...Routes} are the table of routes; {@code ...Request(s)} parse
 * requests, {@code ...Answer(s)} are the records that become JSON, and {@code Problems} chooses the
 * status of a failure.
 */
package org.ocmcore.cache.adapter.http;
