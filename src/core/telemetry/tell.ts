import { type Happening, type HappeningName, happenings } from './happenings.ts';

export type TellFields = Readonly<Record<string, unknown>>;

/** Somebody who wants to know: the log, the metrics, the screen, a test. */
export type Listener = (name: HappeningName, happening: Happening, fields: TellFields) => void;

/** `tell.triggerFired({ sensor, trigger, took })`: one call, and every listener hears it. */
export type Tell = { readonly [Name in HappeningName]: (fields?: TellFields) => void };

/** Makes the functions from the table. A listener must not throw and must not keep the fields. */
export function createTell(...listeners: readonly Listener[]): Tell {
  const tell = {} as Record<HappeningName, (fields?: TellFields) => void>;
  for (const name of Object.keys(happenings) as HappeningName[]) {
    const happening: Happening = happenings[name];
    tell[name] = (fields = {}) => {
      for (const listener of listeners) listener(name, happening, fields);
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
      tell[name](fields);
      hear(fields);
    };
  }
  return both;
}
