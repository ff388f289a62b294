import type { VNode } from 'preact';
import { lowestSeverity, severityLevel } from '../../src/core/model/severity';
import { Icon } from '../ui/Icon';
import { useStore } from '../ui/store';
import { counted } from '../ui/text/counted';
import type { LogList } from './logList';

const choices = [
  ['All severities', undefined],
  ['Debug and above', lowestSeverity('debug')],
  ['Info and above', lowestSeverity('info')],
  ['Warnings and above', lowestSeverity('warn')],
  ['Errors and above', lowestSeverity('error')],
  ['Fatal alone', lowestSeverity('fatal')],
] as const;

/** Which records are shown, whether they follow, and how many there are. */
export function Toolbar({ list }: { readonly list: LogList }): VNode {
  useStore(list.version);
  const { minSeverity, live } = list.options;
  const level = minSeverity === undefined ? undefined : severityLevel(minSeverity);
  return (
    <header class="toolbar">
      <h1 class="hidden-text">Logs</h1>
      <select
        class="dropdown"
        aria-label="Severity"
        value={minSeverity ?? ''}
        onChange={event => {
          const { value } = event.currentTarget;
          list.set({ live, minSeverity: value === '' ? undefined : Number(value) });
        }}
      >
        {choices.map(([name, number]) => (
          <option key={name} value={number ?? ''}>
            {name}
          </option>
        ))}
      </select>
      <button
        type="button"
        class="toggle"
        aria-pressed={live}
        title={
          live ? 'Newer records appear as they come, while the newest are in view' : 'Newer records wait'
        }
        onClick={() => list.set({ minSeverity, live: !live })}
      >
        <Icon name={live ? 'debugStart' : 'debugPause'} /> Live
      </button>
      {list.newer ? (
        <button type="button" class="link newer" onClick={() => list.showNewest()}>
          <Icon name="arrowUp" /> Newer log records
        </button>
      ) : null}
      <span class="quiet total">
        {list.loading
          ? ''
          : `${counted(list.total, 'log record')}${level === undefined ? '' : ' of this severity'}`}
      </span>
    </header>
  );
}
