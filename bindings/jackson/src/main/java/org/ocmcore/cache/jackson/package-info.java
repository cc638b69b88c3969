/** Values as JSON, by Jackson. Start at {@link org.ocmcore.cache.jackson.JacksonCodec}. */
package org.ocmcore.cache.jackson;
