/**
 * The REST API, on Javalin and Jackson. Start at {@link org.ocmcore.cache.adapter.http.HttpApi};
 * {@code ReadingRoutes} and {@code ManagementRoutes} are the table of what there is,
 * {@code Problems} the one place that chooses a status for a failure.
 */
package org.ocmcore.cache.adapter.http;
