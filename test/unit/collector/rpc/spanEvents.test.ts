import assert from 'node:assert/strict';
import { mostEvents, spanEvents } from '../../../../src/collector/rpc/spanEvents';
import { nanoseconds } from '../../../../src/core/model/nanoseconds';
import { encodeTraces } from '../../../../src/otlp/encodeTraces';
import { newDataFolder, openTestEngine, removeDataFolders } from '../ingest/support/dataFolders';
import { span, spanId, traceId, traces } from '../ingest/support/requests';

describe('the events of spans', () => {
  afterEach(removeDataFolders);

  const event = (n: number) => ({
    time: nanoseconds(1_767_225_600_000_000_000n + BigInt(n)),
    name: `event ${n}`,
    attributes: [],
    droppedAttributesCount: 0,
  });

  it('are told with their times and names, a hundred of each span and how many more there are', async () => {
    const engine = await openTestEngine(newDataFolder());
    const many = Array.from({ length: mostEvents + 5 }, (_, n) => event(n));
    await engine.ingest(
      encodeTraces(
        traces(
          'worker',
          { ...span({ trace: 1, id: 1 }), events: [event(7)] },
          { ...span({ trace: 1, id: 2 }), events: many },
          { ...span({ trace: 1, id: 3 }) },
        ),
      ),
    );
    const spanIds = [spanId(2), spanId(1), spanId(3), spanId(9), 'no id'];
    const { spans } = spanEvents({ traceId: traceId(1), spanIds }, engine);
    assert.deepEqual(
      spans.map(({ spanId: id, events, more }) => [Number(id), events.length, more]),
      [
        [2, mostEvents, 5],
        [1, 1, 0],
        [3, 0, 0],
      ],
    );
    assert.deepEqual(spans[1]?.events, [{ timeUnixNano: '1767225600000000007', name: 'event 7' }]);
  });

  it('are refused for what is no trace id', async () => {
    const engine = await openTestEngine(newDataFolder());
    assert.throws(() => spanEvents({ traceId: 'x', spanIds: [spanId(1)] }, engine), /There is no trace x/);
  });
});
