import { type Happening, type HappeningName, happenings } from './happenings.ts';

export type TellFields = Readonly<Record<string, unknown>>;

/** Somebody who wants to know: the log, the metrics, the screen, a test. */
export interface Listener {
  (name: HappeningName, happening: Happening, fields: TellFields): void;
  /** False for what it does nothing with, now or ever; it wants everything if this is left out. */
  wants?(name: HappeningName, happening: Happening): boolean;
}

/** `tell.triggerFired({ sensor, trigger, took })`: one call, and every listener hears it. A function is asked for the fields if anybody listens. */
export type Tell = { readonly [Name in HappeningName]: (fields?: TellFields | (() => TellFields)) => void };

/** Makes the functions from the table. A listener must not throw and must not keep the fields. */
export function createTell(...listeners: readonly Listener[]): Tell {
  const tell = {} as Record<HappeningName, Tell[HappeningName]>;
  for (const name of Object.keys(happenings) as HappeningName[]) {
    const happening: Happening = happenings[name];
    const hearing = listeners.filter((listener) => listener.wants?.(name, happening) ?? true);
    tell[name] = (fields = {}) => {
      if (hearing.length === 0) return;
      const told = typeof fields === 'function' ? fields() : fields;
      for (const listener of hearing) listener(name, happening, told);
    };
  }
  return tell;
}

/** What somebody hears of the happenings that concern them. */
export type Hears = Partial<Record<HappeningName, (fields: TellFields) => void>>;

/** The same `tell`, with one more who hears some of it. */
export function alsoHeard(tell: Tell, hears: Hears): Tell {
  const both: { -readonly [Name in HappeningName]: Tell[Name] } = { ...tell };
  for (const [name, hear] of Object.entries(hears) as [HappeningName, (fields: TellFields) => void][]) {
    both[name] = (fields = {}) => {
      const told = typeof fields === 'function' ? fields() : fields;
      tell[name](told);
      hear(told);
    };
  }
  return both;
}
