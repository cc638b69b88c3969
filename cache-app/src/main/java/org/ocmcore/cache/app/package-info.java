/**
 * The executable: settings, wiring, start and stop. Start at {@link org.ocmcore.cache.app.Main}.
 * {@link org.ocmcore.cache.app.AppConfig} holds the settings; {@link org.ocmcore.cache.app.Service}
 * starts and stops everything.
 */
package org.ocmcore.cache.app;
