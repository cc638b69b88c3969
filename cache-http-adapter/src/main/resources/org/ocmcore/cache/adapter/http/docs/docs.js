'use strict';

SwaggerUIBundle({
  url: '../openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'none',
  displayRequestDuration: true,
  // Nothing is sent to another origin.
  validatorUrl: null
});
