/**
 * The command line. Start at {@link org.ocmcore.cache.adapter.cli.CommandLineRunner}. A class named
 * {@code …Command} is a verb; {@link org.ocmcore.cache.adapter.cli.CommandHost} is what they need
 * from the program around them.
 */
package org.ocmcore.cache.adapter.cli;
