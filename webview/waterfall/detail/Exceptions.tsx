import type { VNode } from 'preact';
import type { ExceptionView, FrameView, SourceView } from '../../../src/protocol/waterfallProtocol';
import { Button } from '../../ui/controls';
import { Icon } from '../../ui/Icon';
import { usePage } from '../pageContext';
import { lineText } from '../../ui/text/spanText';
import { Limited } from '../../ui/values/Limited';
import { LongText } from '../../ui/values/LongText';

/** `src/cart.ts:12:5` without the column: enough for a label. */
function lineOf(target: string): string {
  return lineText(target.replace(/(:\d+):\d+$/, '$1'));
}

/** The one button that most people came for: the line that threw, else the span's own code. */
export function SourceButtons({
  spanId,
  source,
}: {
  readonly spanId: string;
  readonly source: SourceView;
}): VNode | null {
  const { post } = usePage();
  const throwing = source.exceptions.find(({ top }) => top !== undefined);
  const target = throwing?.frames[throwing.top ?? -1]?.target;
  const code = source.code?.target;
  if (target === undefined && code === undefined) return null;
  return (
    <div class="source-buttons">
      {target === undefined ? null : (
        <Button
          appearance="primary"
          title={lineText(target)}
          onClick={() => post({ type: 'openSource', spanId, place: 'top' })}
        >
          <Icon name="goToFile" slot="start" />
          Open throwing line: {lineOf(target)}
        </Button>
      )}
      {code === undefined ? null : (
        <Button
          appearance={target === undefined ? 'primary' : 'secondary'}
          title={lineText(code)}
          onClick={() => post({ type: 'openSource', spanId, place: 'code' })}
        >
          <Icon name="goToFile" slot="start" />
          Open code: {lineOf(code)}
        </Button>
      )}
    </div>
  );
}

/** Exceptions with their causes, innermost first, and the whole stack trace of each. */
export function Exceptions({
  spanId,
  source,
}: {
  readonly spanId: string;
  readonly source: SourceView;
}): VNode {
  return (
    <>
      {source.exceptions.map((exception, i) => (
        <Exception
          key={i}
          spanId={spanId}
          exception={exception}
          index={i}
          wraps={source.exceptions[i - 1]?.event === exception.event}
        />
      ))}
    </>
  );
}

interface ExceptionProps {
  readonly spanId: string;
  readonly exception: ExceptionView;
  readonly index: number;
  /** The exception before it in the list is its cause. */
  readonly wraps: boolean;
}

function Exception({ spanId, exception, index, wraps }: ExceptionProps): VNode {
  const { type, message, frames, top } = exception;
  return (
    <div class="exception">
      {wraps ? <p class="quiet">which caused</p> : null}
      <p class="exception-title">
        <Icon name="error" class="error" /> <strong>{lineText(type || 'Exception')}</strong>
      </p>
      {message === '' ? null : (
        <p class="exception-message">
          <LongText text={message} />
        </p>
      )}
      {frames.length === 0 ? null : (
        <Limited items={frames} limit={100} what="frames">
          {shown => (
            <ol class="frames" aria-label="Stack trace">
              {shown.map((frame, i) => (
                <Frame
                  key={i}
                  frame={frame}
                  top={i === top}
                  place={{ exception: index, frame: i }}
                  spanId={spanId}
                />
              ))}
            </ol>
          )}
        </Limited>
      )}
      {frames.length > 0 && top === undefined ? (
        <p class="quiet">No frame of this stack trace lies in the workspace.</p>
      ) : null}
    </div>
  );
}

interface FrameProps {
  readonly frame: FrameView;
  readonly top: boolean;
  readonly place: { readonly exception: number; readonly frame: number };
  readonly spanId: string;
}

function Frame({ frame, top, place, spanId }: FrameProps): VNode {
  const { post } = usePage();
  const text = lineText(frame.text.trim());
  return (
    <li class={`frame ${frame.inApp ? 'in-app' : 'library'} ${top ? 'top' : ''}`}>
      {frame.target === undefined ? (
        <span class="code">{text}</span>
      ) : (
        <button
          type="button"
          class="link code"
          title={lineText(`Open ${frame.target}`)}
          onClick={() => post({ type: 'openSource', spanId, place })}
        >
          {text}
        </button>
      )}
    </li>
  );
}
