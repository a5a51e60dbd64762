import type { HappeningName } from '../../src/core/telemetry/happenings.ts';
import { createTell, type Listener, type Tell, type TellFields } from '../../src/core/telemetry/tell.ts';

export interface Record {
  readonly tell: Tell;
  readonly all: { name: HappeningName; fields: TellFields }[];
  of(name: HappeningName): TellFields[];
  /** Resolves when a happening with these fields has been told (also before the call); fails after `within` milliseconds with what was told instead. */
  seen(name: HappeningName, match?: (fields: TellFields) => boolean, within?: number): Promise<TellFields>;
}

/** A `tell` that remembers, so that tests wait for happenings and never for time; `others` hear it too. */
export function record(...others: Listener[]): Record {
  const all: Record['all'] = [];
  const waiting = new Set<() => void>();
  const tell = createTell(
    (name, _happening, fields) => {
      all.push({ name, fields: kept(fields) });
      for (const check of [...waiting]) check();
    },
    ...others,
  );
  return {
    tell,
    all,
    of: (name) => all.filter((one) => one.name === name).map((one) => one.fields),
    seen(name, match = () => true, within = 10_000) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(check);
          reject(new Error(`"${name}" was not told within ${within} ms; told: ${all.map((one) => one.name).join(', ') || 'nothing'}`));
        }, within);
        const check = () => {
          const found = all.find((one) => one.name === name && match(one.fields));
          if (!found) return;
          clearTimeout(timer);
          waiting.delete(check);
          resolve(found.fields);
        };
        waiting.add(check);
        check();
      });
    },
  };
}

/** Fields as they are written to the log: some make their words when they are read. */
const kept = (fields: TellFields): TellFields => (typeof fields['toJSON'] === 'function' ? fields['toJSON']() : fields);
