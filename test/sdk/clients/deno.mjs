// Run by Deno with OTEL_DENO=true: its built-in OpenTelemetry exports what is recorded.
import { recordSpans } from './recordSpans.mjs';

recordSpans();
