window.SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#api-docs', validatorUrl: null, tryItOutEnabled: false })
