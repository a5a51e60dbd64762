/**
 * `npm run vectors -- [PART…] [--differences]`: runs the conformance vectors, all of them or those whose part starts with a PART.
 *
 * The folder is $VECTORS, else `../shared/vectors` beside the project. Ends with 1 when a case failed.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { adapters } from './adapters.ts';
import { differencesText, partText, totalText } from './report.ts';
import { partsOf, runPart } from './runner.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { differences: { type: 'boolean' } } });
const folder = resolve(process.env.VECTORS ?? '../shared/vectors');

if (existsSync(folder)) {
  const wanted = (part: string) => positionals.length === 0 || positionals.some((prefix) => part.startsWith(prefix));
  const results = [];
  for (const part of partsOf(folder).filter(wanted)) {
    const result = await runPart(folder, part, adapters[part]);
    console.log(partText(result));
    results.push(result);
  }
  if (values.differences) console.log(`\nwhere we differ on purpose, with the number of cases:\n${differencesText(results)}\n`);
  console.log(totalText(results));
  if (results.some((result) => result.failures.length > 0)) process.exitCode = 1;
} else {
  console.log(`there are no vectors at ${folder}: nothing to check (set VECTORS to their folder)`);
}
