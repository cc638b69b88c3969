/** The API of the service that this page belongs to. Relative to this file, so that any path in front of it works. */
export const API = new URL('../../api/cache/', import.meta.url);
