/**
 * The executable: settings, wiring, start and stop. Start at {@link org.ocmcore.cache.app.Main};
 * {@link org.ocmcore.cache.app.AppConfig} is what can be set, {@link org.ocmcore.cache.app.Service}
 * is what runs, in its order.
 */
package org.ocmcore.cache.app;
