'use strict';
// Writes, once a second, the event loop's delays of that second in milliseconds to the file that CAUSEWAY_BENCH_LOOP
// names, one JSON a line. Loaded into a process by NODE_OPTIONS, or put in front of an extension; not for the collector.
{
  const { appendFileSync } = require('node:fs');
  const { monitorEventLoopDelay } = require('node:perf_hooks');
  const { argv, env } = require('node:process');
  const { setInterval } = require('node:timers');

  const file = env.CAUSEWAY_BENCH_LOOP;
  if (file && !argv.some(argument => argument.endsWith('collector.js'))) {
    const delays = monitorEventLoopDelay({ resolution: 1 });
    delays.enable();
    setInterval(() => {
      const line = { time: Date.now(), p99: delays.percentile(99) / 1e6, max: delays.max / 1e6 };
      delays.reset();
      appendFileSync(file, `${JSON.stringify(line)}\n`);
    }, 1000).unref();
  }
}
