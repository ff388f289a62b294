import * as z from 'zod/mini';

/** How the waterfall colours its bars. */
export const colourBy = z.discriminatedUnion('by', [
  z.object({ by: z.literal('service') }),
  z.object({ by: z.literal('category') }),
  z.object({ by: z.literal('status') }),
  z.object({ by: z.literal('attribute'), key: z.string() }),
]);
export type ColourBy = z.infer<typeof colourBy>;

/** What a reader hid; pruned spans leave a row that says how many there are. */
export const hiddenSpans = z.object({
  /** By name. */
  services: z.array(z.string()),
  /** Operations: the service and the span name. */
  operations: z.array(z.object({ service: z.string(), name: z.string() })),
  /** ns; 0 = nothing is too short. */
  shorterThan: z.number(),
});
export type HiddenSpans = z.infer<typeof hiddenSpans>;

/** How a table is sorted: `by` names a column. */
export const tableSort = z.object({ by: z.string(), descending: z.boolean() });
export type TableSort = z.infer<typeof tableSort>;

/** The table view: which of its two tables is shown, and how each is sorted. */
export const tableOptions = z.object({
  tab: z.enum(['spans', 'operations']),
  spans: tableSort,
  operations: tableSort,
});
export type TableOptions = z.infer<typeof tableOptions>;

export const defaultTableOptions: TableOptions = {
  tab: 'spans',
  spans: { by: 'start', descending: false },
  operations: { by: 'total', descending: true },
};

/** Everything a reader can choose about how a trace is shown, but for folds, selection and time range. */
export const viewOptions = z.object({
  view: z.enum(['waterfall', 'flame', 'table', 'json']),
  /** Whether skewed clocks are corrected. */
  correctSkew: z.boolean(),
  /** Whether runs of the same call are one row. */
  repeats: z.boolean(),
  /** Span ids of the first span of each run that is opened all the same. */
  openRepeats: z.array(z.string()),
  hidden: hiddenSpans,
  /** Span id of the span that is shown as the root. */
  root: z.optional(z.string()),
  /** Only spans on the critical path. */
  onlyPath: z.boolean(),
  /** Whether long idle stretches are squeezed. */
  squeeze: z.boolean(),
  find: z.object({
    /** Text, or a condition in TraceQL's spelling. */
    text: z.string(),
    /** Only matches and their ancestors. */
    only: z.boolean(),
  }),
  colourBy,
  /** Attribute whose value stands beside the span name. */
  labelBy: z.optional(z.string()),
  table: z._default(tableOptions, defaultTableOptions),
});
export type ViewOptions = z.infer<typeof viewOptions>;

export const defaultViewOptions: ViewOptions = {
  view: 'waterfall',
  correctSkew: true,
  repeats: true,
  openRepeats: [],
  hidden: { services: [], operations: [], shorterThan: 0 },
  onlyPath: false,
  squeeze: false,
  find: { text: '', only: false },
  colourBy: { by: 'service' },
  table: defaultTableOptions,
};
