package org.ocmcore.cache.adapter.http;

/**
 * A setting of the service.
 *
 * @param name of its environment variable
 * @param value what holds; a secret is masked; empty if there is none
 * @param origin {@code environment} or {@code default}
 * @param meaning in one line
 */
public record ServiceSetting(String name, String value, String origin, String meaning) {}
