import type { ListenerCall } from '../listener/call.ts';
import { unmet } from './answer.ts';
import type { Answer } from './interceptor.ts';

/** Stops a call whose header names none of the wanted events; without a list all are wanted. */
export function checkEventType({ header }: ListenerCall, name: string, wanted: readonly string[] | undefined): Answer | undefined {
  const type = header[name]?.[0] ?? '';
  if (!wanted || wanted.includes(type)) return undefined;
  const found = type === '' ? `there is no header ${name}` : `${name} is \`${type}\``;
  const list = wanted.map((one) => `\`${one}\``).join(', ');
  return unmet(`${found}, and ${list === '' ? 'eventTypes lets none' : `only ${list} is let`} through`);
}
