package org.ocmcore.cache.spring;

/** What the tests keep in a cache. */
record User(String name, int logins) {}
