import { useEffect, useMemo } from 'preact/hooks';
import { Painter } from '../colours/painter';
import type { WaterfallModel } from '../model/waterfallModel';
import { usePage } from '../pageContext';
import { FieldValues } from './fieldValues';
import { Finder } from './finder';

/** What searches the trace that the model shows; what colours and labels it asks for the same values. */
export function useFinder(model: WaterfallModel): Finder {
  const { ask } = usePage();
  const { finder, painter } = useMemo(() => {
    const values = new FieldValues(model, ask);
    return { finder: new Finder(model, values, ask), painter: new Painter(model, values) };
  }, [model]);
  useEffect(
    () => () => {
      finder.dispose();
      painter.dispose();
    },
    [finder],
  );
  return finder;
}
