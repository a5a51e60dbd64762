import { isObject, type Json } from '../src/core/json/json.ts';
import { parseDuration } from '../src/core/time/duration.ts';
import { parseDocuments } from '../src/core/yaml/documents.ts';
import { offsetAt } from '../src/core/yaml/parse.ts';

/** Limits of the stream of events, as `streamConfig` gives them. Times in milliseconds; 0 and -1 mean no limit. */
export interface StreamSettings {
  readonly maxMsgs: number;
  readonly maxBytes: number;
  readonly maxAge: number;
  readonly replicas: number;
  readonly duplicates: number;
}

/** What Argo's controller puts under a `streamConfig`. Its `retention` and `discard` are not taken over: see README.md. */
export const controllerDefaults: StreamSettings = {
  maxMsgs: 50_000,
  maxBytes: -1,
  maxAge: 168 * 3_600_000,
  replicas: 3,
  duplicates: 300_000,
};

/** What a server does with a stream that names nothing. */
export const serverDefaults: StreamSettings = { maxMsgs: -1, maxBytes: -1, maxAge: 0, replicas: 1, duplicates: 120_000 };

interface StreamConfig {
  readonly settings: Partial<StreamSettings>;
  /** Settings that would lose messages, and what we do instead; and what is no setting. */
  readonly warnings: readonly Remark[];
  readonly problems: readonly Remark[];
}

interface Remark {
  readonly message: string;
  /** Where in the text, in characters from 0. */
  readonly offset: number;
}

/** Reads the YAML text of `streamConfig`. Keys are taken in any case, as Argo takes them. */
export function parseStreamConfig(text = ''): StreamConfig {
  const document = parseDocuments(text)[0];
  const problems: Remark[] = (document?.problems ?? []).map(({ message, position }) => ({
    message: `streamConfig is not valid YAML: ${message}`,
    offset: offsetAt(text, position),
  }));
  const given = document?.value;
  if (given === undefined || given === null) return { settings: {}, warnings: [], problems };
  if (!isObject(given)) return { settings: {}, warnings: [], problems: [{ message: 'streamConfig is not a list of settings', offset: 0 }] };
  const settings: { -readonly [Name in keyof StreamSettings]?: number } = {};
  const warnings: Remark[] = [];
  for (const [key, value] of Object.entries(given)) {
    const name = readers.find((known) => known.name.toLowerCase() === key.toLowerCase());
    const remark = (message: string, atKey: boolean): Remark => ({
      message: `streamConfig: ${message}`,
      offset: offsetAt(text, document!.positionOf([key], { atKey })),
    });
    if (name) {
      const number = name.read(value);
      if (number === undefined) problems.push(remark(`${name.name} is not ${name.what}: ${String(value)}`, false));
      else settings[name.name] = number;
    } else if (key.toLowerCase() === 'retention' && Number(value) !== 0) {
      warnings.push(remark('retention is not taken over: sensors and event sources read messages that others have read', true));
    } else if (!['retention', 'discard'].includes(key.toLowerCase())) {
      warnings.push(remark(`unknown setting "${key}" is ignored`, true));
    }
  }
  return { settings, warnings, problems };
}

const whole = (value: Json): number | undefined => {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
};

/** A bare number counts nanoseconds, as in Go. */
const time = (value: Json): number | undefined => {
  if (typeof value === 'number') return value / 1e6;
  return typeof value === 'string' ? parseDuration(value) : undefined;
};

const readers: readonly { name: keyof StreamSettings; what: string; read: (value: Json) => number | undefined }[] = [
  { name: 'maxMsgs', what: 'a whole number', read: whole },
  { name: 'maxBytes', what: 'a whole number', read: whole },
  { name: 'replicas', what: 'a whole number', read: whole },
  { name: 'maxAge', what: 'a duration', read: time },
  { name: 'duplicates', what: 'a duration', read: time },
];
