import type { StackFrame } from '../../core/stack/stackTrace';
import { throwingFrame, type FramePlace } from '../../core/stack/throwingFrame';
import type { SourceView } from '../../protocol/waterfallProtocol';
import { followSourceMaps, locateFrame, type ResolvedFrame } from './resolveFrame';
import type { SourceFiles, WorkspaceFile } from './sourceFiles';
import type { SourceMaps } from './sourceMaps';
import type { SpanSources } from './spanSources';

/** Frames of a span that are looked up; a deep recursion repeats the same file anyway. */
const maxLookedUp = 200;

type Label = (file: WorkspaceFile) => string;

/** Resolves the frames of spans; reads no file unless the frame is the throwing one or is asked for by itself. */
export class FrameResolver {
  constructor(
    readonly files: SourceFiles,
    readonly maps: SourceMaps,
  ) {}

  /** Where one frame leads, its source maps read. */
  async resolve(frame: StackFrame): Promise<ResolvedFrame> {
    return this.follow(await locateFrame(frame, this.files));
  }

  /** Follows the source maps of a located file. */
  follow(located: ResolvedFrame): Promise<ResolvedFrame> {
    return followSourceMaps(located, this.files, file => this.maps.load(file));
  }

  /**
   * The frame that a span opens: its throwing line; where none is in the workspace its code place, and where that is
   * not there either the innermost in-app frame. undefined where the span names no place at all.
   */
  async throwing(sources: SpanSources): Promise<StackFrame | undefined> {
    const located = await this.#locateAll(sources);
    const top = await this.#top(sources, located);
    if (top !== undefined) return frameAt(sources, top);
    const { code } = sources;
    if (code !== undefined && opens(await locateFrame(code, this.files))) return code;
    const fallback = throwingFrame(exceptionsOf(sources), frame => frame.file !== undefined);
    return (
      (fallback === undefined ? undefined : frameAt(sources, fallback)) ??
      code ??
      sources.exceptions[0]?.exception.frames[0]
    );
  }

  /** The view of a span's places; see SourceNavigator.describe. */
  async view(sources: SpanSources, label: Label): Promise<SourceView> {
    const located = await this.#locateAll(sources);
    const top = await this.#top(sources, located);
    const topFrame = top === undefined ? undefined : frameAt(sources, top);
    // The maps that the throwing line needed are there now; what they say of other frames costs nothing.
    const targets = new Map<StackFrame, string>();
    for (const [frame, place] of located) {
      const resolved = frame === topFrame ? await this.follow(place) : await this.#followCached(place);
      const target = targetText(resolved, label);
      if (target !== undefined) targets.set(frame, target);
    }
    const exceptions = sources.exceptions.map(({ event, exception }, i) => {
      const own =
        top?.exception === i
          ? top.frame
          : exception.frames.findIndex(frame => frame.inApp && targets.has(frame));
      return {
        event,
        type: exception.type,
        message: exception.message,
        frames: exception.frames.map(frame => ({
          text: frame.text,
          function: frame.function,
          inApp: frame.inApp,
          ...optionalTarget(targets.get(frame)),
        })),
        ...(own >= 0 ? { top: own } : {}),
      };
    });
    if (sources.code === undefined) return { exceptions };
    const code = await this.resolve(sources.code);
    return { exceptions, code: { text: sources.code.text, ...optionalTarget(targetText(code, label)) } };
  }

  #followCached(located: ResolvedFrame): Promise<ResolvedFrame> {
    return followSourceMaps(located, this.files, file => this.maps.cached(file));
  }

  async #locateAll(sources: SpanSources): Promise<Map<StackFrame, ResolvedFrame>> {
    const frames = sources.exceptions.flatMap(({ exception }) => exception.frames).slice(0, maxLookedUp);
    const located = await Promise.all(frames.map(frame => locateFrame(frame, this.files)));
    return new Map(
      frames.flatMap((frame, i) => {
        const place = located[i];
        return place === undefined ? [] : [[frame, place] as const];
      }),
    );
  }

  /** The throwing frame. In a bundle, a frame's place may turn out to be a dependency's: then the next one counts. */
  async #top(
    sources: SpanSources,
    located: ReadonlyMap<StackFrame, ResolvedFrame>,
  ): Promise<FramePlace | undefined> {
    const passed = new Set<StackFrame>();
    for (;;) {
      const place = throwingFrame(
        exceptionsOf(sources),
        frame => !passed.has(frame) && opens(located.get(frame)),
      );
      const frame = place === undefined ? undefined : frameAt(sources, place);
      const found = frame === undefined ? undefined : located.get(frame);
      if (frame === undefined || found === undefined) return undefined;
      const resolved = await this.follow(found);
      if (resolved.kind !== 'file' || !resolved.library) return place;
      passed.add(frame);
    }
  }
}

function exceptionsOf(sources: SpanSources): { frames: readonly StackFrame[] }[] {
  return sources.exceptions.map(({ exception }) => exception);
}

function frameAt(sources: SpanSources, { exception, frame }: FramePlace): StackFrame | undefined {
  return sources.exceptions[exception]?.exception.frames[frame];
}

function opens(resolved: ResolvedFrame | undefined): boolean {
  return resolved !== undefined && resolved.kind !== 'nothing' && resolved.kind !== 'outside';
}

function optionalTarget(target: string | undefined): { target?: string } {
  return target === undefined ? {} : { target };
}

/** `src/cart.ts:12:5`; undefined where it opens nothing in the workspace. */
function targetText(resolved: ResolvedFrame, label: Label): string | undefined {
  const place = [resolved.line, resolved.column]
    .filter(part => part !== undefined)
    .map(part => `:${part}`)
    .join('');
  switch (resolved.kind) {
    case 'file':
      return label(resolved.file) + place;
    case 'choice':
      return `${resolved.files[0] === undefined ? '' : label(resolved.files[0])}${place} (1 of ${resolved.files.length})`;
    case 'embedded':
      return resolved.name + place;
    case 'outside':
    case 'nothing':
      return undefined;
  }
}
