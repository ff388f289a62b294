import { useEffect, useMemo } from 'preact/hooks';
import type { WaterfallModel } from '../model/waterfallModel';
import { usePage } from '../pageContext';
import { FieldValues } from './fieldValues';
import { Finder } from './finder';

/** What searches the trace that the model shows. */
export function useFinder(model: WaterfallModel): Finder {
  const { ask } = usePage();
  const finder = useMemo(() => new Finder(model, new FieldValues(model, ask), ask), [model]);
  useEffect(() => () => finder.dispose(), [finder]);
  return finder;
}
