import type * as vscode from 'vscode';
import type { CollectorClient } from '../../client/collectorClient';
import type { SpanDetail } from '../../protocol/spanDetail';
import type { FromWebview, SourceView } from '../../protocol/waterfallProtocol';

/** A place in the source that a span names: see SourceView. */
export type SourcePlace = Extract<FromWebview, { type: 'openSource' }>['place'];

/** What the waterfall needs of the rest of the extension. */
export interface WaterfallDeps {
  readonly client: Pick<CollectorClient, 'request' | 'onEvent' | 'onState'>;
  readonly log: Pick<vscode.LogOutputChannel, 'warn' | 'error'>;
  /** Opens a place in the editor; tells the user itself where there is none. */
  readonly openSource: (span: SpanDetail, place: SourcePlace) => unknown;
  readonly describeSource: (span: SpanDetail) => SourceView | PromiseLike<SourceView>;
}
