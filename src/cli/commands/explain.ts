/** Explains a kind, a field, a type of event source or trigger, or an error code, from the schemas that check the rules. */
import { codeText, isCode } from '../explain/code-text.ts';
import { fieldText, type TextOptions } from '../explain/field-text.ts';
import { overview } from '../explain/overview.ts';
import { placeAt } from '../explain/place.ts';
import { subjectOf } from '../explain/subjects.ts';

export function explain(word: string | undefined, { recursive }: { recursive: boolean }): void {
  const width = Math.min(Math.max(process.stdout.columns ?? 100, 60), 120);
  process.stdout.write(`${explained(word, { recursive, width })}\n`);
}

/** The text for a word; without one, what can be asked for. Throws CONFIG_INVALID for a word that nobody knows. */
export function explained(word: string | undefined, options: TextOptions): string {
  if (word === undefined) return overview();
  if (isCode(word)) return codeText(word, options.width);
  const { subject, steps } = subjectOf(word);
  return fieldText(subject, placeAt(subject.root(), subject.title, steps), options);
}
