import { checkLoaded } from '../../src/manifests/check-files.ts';
import { loadText } from '../../src/manifests/load.ts';

/** Every finding of a text, as `«what stands there» severity: message (hint)`. */
export function findingsIn(text: string): string[] {
  const lines = text.split('\n');
  return checkLoaded(loadText('rules.yaml', text, { namespace: 'default' })).findings.map(({ line, column, severity, message, hint }) => {
    const there = /^(?:"[^"]*"|'[^']*'|[^,}\]\n]*[^,}\]\s])?/.exec(lines[line - 1]!.slice(column - 1))![0];
    return `«${there}» ${severity}: ${message}${hint === undefined ? '' : ` (${hint})`}`;
  });
}
