import { useEffect } from 'preact/hooks';
import type { WaterfallModel } from '../model/waterfallModel';
import { usePage } from '../pageContext';
import { StatementLoader } from './statementLoader';

/** Sees to it that repeats of the model's trace are told apart by their statements too. */
export function useStatements(model: WaterfallModel): void {
  const { ask } = usePage();
  useEffect(() => {
    const loader = new StatementLoader(model, ask);
    return () => loader.dispose();
  }, [model]);
}
