import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** Copies through the extension host; `what` names it for the user: "span id". */
export type Copy = (text: string, what: string) => void;

export const CopyContext = createContext<Copy | undefined>(undefined);

export function useCopy(): Copy {
  const copy = useContext(CopyContext);
  if (!copy) throw new Error('There is no CopyContext above this component.');
  return copy;
}
