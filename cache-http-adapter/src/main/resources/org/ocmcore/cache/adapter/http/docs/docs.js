'use strict';

/**
 * A step of a path that browsers and proxies shorten, in any encoding: `DELETE key/..` would reach
 * the service as a request to clear every server.
 */
const STEPS = /(^|[/\\]|%2f|%5c)(\.|%2e){1,2}($|[/\\;]|%2f|%5c|%3b)/i;

const REFUSAL = 'Nothing was sent: the path has a step "." or "..", with which browsers make another path of it. '
  + 'If a key has such a step, use the requests of /api/cache/key with key_base64, the bytes of the key in base64.';

/** Sends nothing whose path would become another one. */
function refuseSteps(request) {
  // The document of this page has a relative address of its own.
  if (request.loadSpec || !STEPS.test(request.url.replace(/[?#][^]*$/, ''))) {
    return request;
  }
  // Swagger UI cannot show an interceptor that fails. The address goes too: it would be shown as a
  // command for curl, which shortens it as well.
  return { ...request, url: '', userFetch: () => Promise.reject(new RangeError(REFUSAL)) };
}

/** A command to copy has a word in the place of the token, which would be in the history of the shell. */
const withoutToken = (Curl, { React }) => (properties) => React.createElement(Curl, {
  ...properties,
  request: properties.request.update('headers', (headers) => headers?.map((value, name) => (/^authorization$/i.test(name) ? 'Bearer TOKEN' : value))),
});

// A page that the browser keeps for a step back still has the token of whoever left it: it begins anew.
addEventListener('pagehide', () => {
  document.documentElement.hidden = true;
});
addEventListener('pageshow', (event) => {
  if (event.persisted) {
    location.reload();
  }
});

SwaggerUIBundle({
  url: '../openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'none',
  displayRequestDuration: true,
  requestInterceptor: refuseSteps,
  plugins: [{ wrapComponents: { curl: withoutToken } }],
  // Nothing is sent to another origin.
  validatorUrl: null
});
