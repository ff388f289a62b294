import * as vscode from 'vscode';
import type { StackFrame } from '../../core/stack/stackTrace';
import type { SpanDetail } from '../../protocol/spanDetail';
import type { FromWebview, SourceView } from '../../protocol/waterfallProtocol';
import type { EmbeddedSources } from './embeddedSources';
import { FrameResolver } from './frameResolver';
import { askForOutsideFile } from './outsideFile';
import type { ResolvedFrame, SourcePosition } from './resolveFrame';
import { showPosition } from './showPosition';
import type { WorkspaceFile } from './sourceFiles';
import type { SourceMaps } from './sourceMaps';
import { tellNoSource, tellNothingFound, tellNotOpened } from './sourceMessages';
import { spanSources } from './spanSources';
import type { WorkspaceSourceFiles } from './workspaceSourceFiles';

/** A place of a span's SourceView. */
export type SourcePlace = Extract<FromWebview, { type: 'openSource' }>['place'];

/** Leads from a span to the lines that it names: of its exceptions' stack frames and of its code.* attributes. */
export class SourceNavigator {
  readonly #files: WorkspaceSourceFiles;
  readonly #resolver: FrameResolver;

  constructor(
    files: WorkspaceSourceFiles,
    maps: SourceMaps,
    readonly embedded: EmbeddedSources,
    readonly log: vscode.LogOutputChannel,
  ) {
    this.#files = files;
    this.#resolver = new FrameResolver(files, maps);
  }

  /**
   * The source places of a span as the detail pane shows them. Reads the generated files and the source maps of
   * the throwing line and the code place only; the other frames are looked up without reading.
   */
  async describe(span: SpanDetail): Promise<SourceView> {
    return this.#resolver.view(spanSources(span), file => this.#label(file));
  }

  /**
   * Opens a place of the span in an editor beside the waterfall: the throwing line (else the code place), the code
   * place, or one frame of describe()'s answer. False where nothing opened; the user has then been told why, or has
   * declined. Does not reject.
   */
  async open(span: SpanDetail, place: SourcePlace): Promise<boolean> {
    const sources = spanSources(span);
    const frame =
      place === 'code'
        ? sources.code
        : place === 'top'
          ? await this.#resolver.throwing(sources)
          : sources.exceptions[place.exception]?.exception.frames[place.frame];
    if (frame === undefined) {
      tellNoSource(span.name);
      return false;
    }
    try {
      return await this.#openFrame(frame, await this.#resolver.resolve(frame));
    } catch (error) {
      this.log.error(`${frame.text} could not be opened: ${String(error)}`);
      tellNotOpened(frame);
      return false;
    }
  }

  async #openFrame(frame: StackFrame, resolved: ResolvedFrame): Promise<boolean> {
    switch (resolved.kind) {
      case 'file':
        if (resolved.library)
          vscode.window.setStatusBarMessage(`$(library) ${this.#label(resolved.file)}`, 5000);
        return this.#show(this.#files.uri(resolved.file), frame, resolved);
      case 'choice': {
        const file = await this.#choose(resolved.files, frame);
        if (file === undefined) return false;
        const followed = await this.#resolver.follow({ ...resolved, kind: 'file', file, library: false });
        // A second choice would be about the source of a file just chosen: the chosen one is opened instead.
        return followed.kind === 'choice'
          ? this.#show(this.#files.uri(file), frame, resolved)
          : this.#openFrame(frame, followed);
      }
      case 'embedded':
        return this.#show(
          this.embedded.uri(resolved.generated, resolved.source, resolved.name),
          frame,
          resolved,
        );
      case 'outside': {
        const uri = await askForOutsideFile(resolved.path);
        if (uri === 'refused') return false;
        return this.#show(uri === 'missing' ? undefined : uri, frame, resolved);
      }
      case 'nothing':
        tellNothingFound(frame);
        return false;
    }
  }

  async #show(uri: vscode.Uri | undefined, frame: StackFrame, position: SourcePosition): Promise<boolean> {
    if (uri === undefined) {
      tellNothingFound(frame);
      return false;
    }
    await showPosition(uri, position);
    return true;
  }

  async #choose(files: readonly WorkspaceFile[], frame: StackFrame): Promise<WorkspaceFile | undefined> {
    const items = files.map(file => ({ label: this.#label(file), file }));
    const picked = await vscode.window.showQuickPick(items, {
      title: 'Several files match this stack frame',
      placeHolder: frame.text,
    });
    return picked?.file;
  }

  /** Path below the workspace; with the folder's name where there are several. */
  #label(file: WorkspaceFile): string {
    const uri = this.#files.uri(file);
    return uri === undefined ? file.path : vscode.workspace.asRelativePath(uri);
  }
}
