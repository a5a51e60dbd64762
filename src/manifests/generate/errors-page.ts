import { type Code, codes, type ErrorCode } from '../../core/errors/codes.ts';
import { meanings } from '../../core/errors/meanings.ts';
import { type GeneratedFile, page } from './generated-file.ts';

const families: Readonly<Record<string, string>> = {
  CONFIG: 'The text of a rule, or a flag, is wrong. The rule is refused, with everything that is wrong with it at once; the others run.',
  EVENT: 'This event cannot be used. It is dropped or parked with its reason, and the next one is taken.',
  UNREACHABLE: 'Somebody is not there. It is waited for; `/readyz` says so meanwhile.',
  REMOTE: 'Somebody is there and says no.',
  CONFLICT: 'Somebody was faster. It is looked at again and decided anew.',
  BUG: 'We are wrong.',
};

/** Every code: what it says, what it means, what to do, and whether it is tried again. */
export function errorsPage(): GeneratedFile {
  const all = Object.keys(codes) as Code[];
  return page('errors.md', [
    '# Errors',
    'Every error has a code. `sensorium explain CODE` shows what stands here. A command that fails ends with 2 when the rules or flags are wrong, 3 when somebody cannot be reached, 70 when it is a bug of ours, and else with 1.',
    ...Object.entries(families).flatMap(([family, about]) => [
      `## ${family}`,
      about,
      ...all.filter((code) => code.startsWith(`${family}_`)).map(section),
    ]),
  ]);
}

function section(code: Code): string {
  const { message }: ErrorCode = codes[code];
  const { means, todo } = meanings[code];
  return [
    `### ${code}`,
    ...(message === '{problem}' ? [] : [`> ${message}`]),
    means,
    `**What to do:** ${todo}`,
    `**Tried again:** ${retryOf(code)}`,
  ].join('\n\n');
}

const again = { never: 'no.', now: 'at once.', backoff: 'after a wait that grows.' } as const;

/** In words, whether what failed with a code is tried again. */
export const retryOf = (code: Code): string => again[codes[code].retry];
