/** Where the collector listens; undefined for a receiver that is not up. */
export interface OtlpPorts {
  readonly http: number | undefined;
  readonly grpc: number | undefined;
}

/** How a set of variables is written down. */
export const environmentFormats = {
  shell: (name: string, value: string) => `export ${name}=${value}`,
  powershell: (name: string, value: string) => `$env:${name} = '${value}'`,
  dotenv: (name: string, value: string) => `${name}=${value}`,
} as const;

export type EnvironmentFormat = keyof typeof environmentFormats;

/**
 * The environment that makes an OpenTelemetry SDK export here (OpenTelemetry specification, "OpenTelemetry Environment
 * Variable Specification" and "OTLP Exporter Configuration"). HTTP is preferred: more SDKs have it built in.
 */
export function otlpEnvironment(ports: OtlpPorts, format: EnvironmentFormat): string[] {
  const overHttp = ports.http !== undefined;
  const variables: [name: string, value: string][] = [
    ['OTEL_TRACES_EXPORTER', 'otlp'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', overHttp ? 'http/protobuf' : 'grpc'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', `http://localhost:${ports.http ?? ports.grpc ?? 4318}`],
  ];
  return variables.map(([name, value]) => environmentFormats[format](name, value));
}
