import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files with these texts, in a folder that goes with them; answers their paths. */
export function filesOf<Name extends string>(texts: Readonly<Record<Name, string>>): Record<Name, string> & Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-files-'));
  const paths = Object.entries<string>(texts).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return [name, join(folder, name)];
  });
  return { ...(Object.fromEntries(paths) as Record<Name, string>), [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
