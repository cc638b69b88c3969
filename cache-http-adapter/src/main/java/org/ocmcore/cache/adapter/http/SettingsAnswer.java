package org.ocmcore.cache.adapter.http;

import java.util.List;

/**
 * The settings of the service.
 *
 * @param settings in the order of the settings reference; empty for callers limited to some apps
 */
record SettingsAnswer(List<ServiceSetting> settings) {}
