import { field, type Field } from './jsonFields';
import { lengthDelimited } from './wireType';

/** What must be known of a message to walk through it: which of its fields hold messages that matter. */
export interface MessageShape {
  /** Whether the message is one of those to count. */
  readonly counted: boolean;
  readonly fields: readonly FieldShape[];
}

interface FieldShape {
  /** Number and wire type, as it is on the wire. */
  readonly tag: number;
  readonly name: Field;
  readonly repeated: boolean;
  readonly message: MessageShape;
}

const uncounted: MessageShape = { counted: false, fields: [] };
const counted: MessageShape = { counted: true, fields: [] };

function one(number: number, name: string, message: MessageShape): FieldShape {
  return { tag: (number << 3) | lengthDelimited, name: field(name), repeated: false, message };
}

function many(number: number, name: string, message: MessageShape): FieldShape {
  return { ...one(number, name, message), repeated: true };
}

/** The data of each kind of metric (metrics.proto, Metric.data): Gauge, Sum, Histogram, ... */
const metricData: MessageShape = { counted: false, fields: [many(1, 'dataPoints', counted)] };

const metric: MessageShape = {
  counted: false,
  fields: [
    one(5, 'gauge', metricData),
    one(7, 'sum', metricData),
    one(9, 'histogram', metricData),
    one(10, 'exponentialHistogram', metricData),
    one(11, 'summary', metricData),
  ],
};

const scopeMetrics: MessageShape = {
  counted: false,
  fields: [one(1, 'scope', uncounted), many(2, 'metrics', metric)],
};

const resourceMetrics: MessageShape = {
  counted: false,
  fields: [one(1, 'resource', uncounted), many(2, 'scopeMetrics', scopeMetrics)],
};

/** ExportMetricsServiceRequest (collector/metrics/v1/metrics_service.proto) down to its data points. */
export const metricsRequest: MessageShape = {
  counted: false,
  fields: [many(1, 'resourceMetrics', resourceMetrics)],
};
