/** What `causeway --help` prints, and what follows the sentence on a bad command line. */
export const usage = `Usage: causeway <command> [options]

Commands
  collect               receive spans over OTLP in the foreground, until Ctrl+C
    --http-port N         port of OTLP/HTTP (default 4318, 0 = any free one)
    --grpc-port N         port of OTLP/gRPC (default 4317, 0 = any free one)
    --zipkin-port N       take Zipkin v2 JSON too (usual port 9411, 0 = any free one)
  traces                list the stored traces, newest first
    --limit N             at most this many (default 50)
  trace <id>            print one trace; <id> is a trace id, the start of one, a span id,
                        or text that contains one, such as a traceparent header;
                        also a request id, or an attribute: order.id=42
  logs [<id>]           print log records, newest first; those of the trace that <id> means,
                        or of one span, oldest first
    --span <id>           only those of this span
    --limit N             at most this many (default 100)

Options of every command
  --data-dir D          folder with the data (default: CAUSEWAY_DATA_DIR, else the user's)
  --json                print JSON (its shape: docs/cli.md)
  --help, --version

Exit code: 0 = done, 1 = not found or failed, 2 = wrong usage.
`;
