import { openSync, writeSync } from 'node:fs';
import { argv } from 'node:process';
import { Journal } from '../../electron/services/journal/journal.ts';
import { sleep, systemClock } from '../../shared/base/clock.ts';

// Writes lines into a journal until it is killed: `NAME FOLDER TOLD [KEPT_BYTES]`. Writes into the file TOLD the number of each line
// that it was told is there: what is with the system outlives a kill.
const [, , name = '', folder = '', toldFile = '', keptBytes = '100000000'] = argv;
const report = openSync(toldFile, 'a');
const journal = new Journal(systemClock, { folder, limits: { segmentBytes: 20_000, keptBytes: Number(keptBytes) } });
journal.onAppended(({ subject }) => {
  const [who, count = ''] = subject.split(' ');
  if (who === name) writeSync(report, `${count}\n`);
});
for (let count = 1; ; count++) {
  journal.note({
    source: 'host',
    what: 'test.noted',
    subject: `${name} ${count}`,
    data: { pad: 'x'.repeat(count % 97) },
  });
  // A few lines in one write, and others' lines in between.
  if (count % 5 === 0) {
    await journal.follow();
    await sleep(systemClock, 2);
  }
}
