/**
 * Attributes that hold an id by which people know a request or message, as semantic conventions (HTTP, messaging, FaaS,
 * AWS) and common libraries call them.
 */
export const requestIdAttributes: readonly string[] = [
  'request_id',
  'request.id',
  'requestId',
  'req.id',
  'x-request-id',
  'http.request_id',
  'http.request.id',
  'http.request.header.x-request-id',
  'http.request.header.x_request_id',
  'http.response.header.x-request-id',
  'http.response.header.x_request_id',
  'correlation_id',
  'correlation.id',
  'correlationId',
  'http.request.header.x-correlation-id',
  'http.request.header.x_correlation_id',
  'messaging.message.id',
  'messaging.message_id',
  'messaging.message.conversation_id',
  'messaging.conversation_id',
  'faas.invocation_id',
  'faas.execution',
  'aws.request_id',
];
