import { CommandFailure } from './exitCode';
import type { Source } from './source';

const maxListed = 20;

/** The one trace that `id` means. @throws CommandFailure where there is none or more than one */
export async function findTrace(source: Source, id: string): Promise<string> {
  const { result } = await source.request('find', { text: id.slice(0, 4096) });
  const found = [...new Set(result.matches.map(match => match.traceId))];
  const [first, second] = found;
  if (first === undefined) throw new CommandFailure(`nothing found: looked for ${result.lookedFor}`);
  if (second === undefined) return first;
  const listed = found.slice(0, maxListed).map(each => `\n  ${each}`);
  const more = found.length > maxListed ? '\n  …' : '';
  throw new CommandFailure(`${JSON.stringify(id)} is ambiguous, it can be${listed.join('')}${more}`);
}
