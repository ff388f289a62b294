import { root } from './oracle';

/** An ExportLogsServiceRequest in OTLP/JSON, one scope with so many records each; no two are alike. */
export function logsDocument(...scopes: readonly number[]): object {
  return {
    resourceLogs: [
      {
        resource: {},
        scopeLogs: scopes.map((count, i) => ({
          scope: { name: `logger.${i}` },
          logRecords: Array.from({ length: count }, (_, record) => ({
            timeUnixNano: `17600000000000000${String(i).padStart(2, '0')}`,
            severityNumber: 9,
            severityText: 'INFO',
            body: { stringValue: `record ${record}` },
            flags: 1,
          })),
        })),
      },
    ],
  };
}

/** Such a document as protobufjs encodes it. */
export function encodeLogsDocument(document: object): Uint8Array<ArrayBuffer> {
  const message = root.lookupType('otlp.ExportLogsServiceRequest');
  return new Uint8Array(message.encode(message.fromObject(document)).finish());
}
