import type { Native } from '../machine/call.ts';
import { LuaError } from '../machine/raise.ts';

/** What gopher-lua offers and a rule's script may not use. It is there, so that a script may ask for it, and raises when it is called. */
const names = {
  '': ['dofile', 'getfenv', 'load', 'loadfile', 'loadstring', 'module', 'newproxy', 'require', 'setfenv', '_printregs'],
  io: ['close', 'flush', 'input', 'lines', 'open', 'output', 'popen', 'read', 'tmpfile', 'type', 'write'],
  os: ['execute', 'exit', 'getenv', 'remove', 'rename', 'setenv', 'tmpname'],
  package: ['loadlib', 'seeall'],
  debug: ['getfenv', 'getinfo', 'getlocal', 'getmetatable', 'getupvalue', 'setfenv', 'setlocal', 'setmetatable', 'setupvalue'],
  string: ['dump'],
  channel: ['make', 'select'],
} as const;

export function refused(library: keyof typeof names): Record<string, Native> {
  const prefix = library === '' ? '' : `${library}.`;
  return Object.fromEntries(names[library].map((name) => [name, refusal(prefix + name)]));
}

function refusal(name: string): Native {
  return () => {
    throw new LuaError(`a rule's script may not use ${name}: it sees the event and the clock, and nothing else`);
  };
}
