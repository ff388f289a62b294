import type { VNode } from 'preact';
import { Button, ProgressRing } from '../../ui/controls';
import { Icon } from '../../ui/Icon';
import { useStore, type Store } from '../../ui/store';
import type { WaterfallModel } from '../model/waterfallModel';
import { usePage } from '../pageContext';
import { Waterfall, type WaterfallProps } from './Waterfall';

export interface Unavailable {
  /** One sentence. */
  readonly message: string;
  /** Trying again may help. */
  readonly retry: boolean;
}

/** What the page shows: nothing yet, the trace, why there is none; or the trace and why it is no longer kept up to date. */
export interface PageState {
  readonly model?: WaterfallModel;
  readonly unavailable?: Unavailable;
}

export type AppProps = Omit<WaterfallProps, 'model'> & { readonly state: Store<PageState> };

export function App({ state, ...rest }: AppProps): VNode {
  const { model, unavailable } = useStore(state);
  if (model)
    return (
      <div class="app">
        {unavailable ? <Notice {...unavailable} /> : null}
        <Waterfall model={model} {...rest} />
      </div>
    );
  if (unavailable)
    return (
      <main class="app centred">
        <h1 class="hidden-text">Waterfall</h1>
        <Notice {...unavailable} />
      </main>
    );
  return (
    <main class="app centred loading">
      <h1 class="hidden-text">Waterfall</h1>
      <ProgressRing label="Loading the trace" />
    </main>
  );
}

function Notice({ message, retry }: Unavailable): VNode {
  const { post } = usePage();
  return (
    <div class="notice" role="alert">
      <p>
        <Icon name="warning" class="warning" /> {message}
      </p>
      {retry ? <Button onClick={() => post({ type: 'retry' })}>Retry</Button> : null}
    </div>
  );
}
