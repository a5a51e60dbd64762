import { vm } from '../machine/vm.ts';
import { binaryOf, textOf } from '../values/binary.ts';

/** strings.ToUpper of Go: character by character, so that `ß`, which has no capital of one character, stays. */
export const raised = (binary: string): string => changed(binary, (character) => character.toUpperCase());

export const lowered = (binary: string): string => changed(binary, (character) => character.toLowerCase());

function changed(binary: string, change: (character: string) => string): string {
  vm.meter.steps(binary.length >> 5);
  if (/^[\0-\x7f]*$/.test(binary)) return change(binary);
  vm.meter.steps(binary.length);
  return binaryOf(textOf(binary).replace(/./gsu, (character) => single(change(character)) ?? character));
}

const single = (text: string): string | undefined => ([...text].length === 1 ? text : undefined);
