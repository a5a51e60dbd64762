import { isSpace, isUpper, lowerLetter, upperLetter } from '../../go/case.ts';

const isConnector = (one: string | undefined): boolean => one !== undefined && (one === '-' || one === '_' || isSpace(one));

/** `some_words` → `SomeWords`; connectors in front stay, and so does every second of several; of connectors alone the last is there twice. */
export function camelCase(text: string): string {
  const characters = [...text];
  let result = '';
  let at = 0;
  while (at < characters.length && isConnector(characters[at])) result += characters[at++];
  if (at >= characters.length) return result + (characters.at(-1) ?? '');
  let current = characters[at]!;
  let inCapitals = isUpper(current);
  current = upperLetter(current);
  for (at += 1; at < characters.length; at++) {
    const before = current;
    current = characters[at]!;
    if (isConnector(current) && isConnector(before)) {
      result += before;
      continue;
    }
    if (isConnector(before)) {
      inCapitals = isUpper(current);
      current = upperLetter(current);
      continue;
    }
    if (inCapitals) {
      if (isUpper(current)) current = lowerLetter(current);
      else inCapitals = false;
    }
    result += before;
  }
  return result + current;
}

type WordKind = 'none' | 'number' | 'capitals' | 'letters' | 'connector' | 'punctuation' | 'other';

interface Word {
  readonly kind: WordKind;
  readonly text: string;
}

/** `HTTPServer20x` → `http_server_20x`: a connector where the kind of letters changes. */
export function joinedWords(text: string, connector: string): string {
  const words = wordsOf([...text]);
  let at = 0;
  let result = '';
  const next = (): Word => words[at++] ?? { kind: 'none', text: '' };
  const isRest = (): boolean => at < words.length;
  const write = ({ kind, text }: Word): void => {
    result += kind === 'capitals' || kind === 'connector' ? lowered(text, connector) : text;
  };
  const separates = ({ kind }: Word): boolean => kind !== 'none' && kind !== 'connector' && kind !== 'punctuation';

  let word = next();
  const writeLettersAndNumbers = (): void => {
    while (word.kind === 'letters' || word.kind === 'number') {
      write(word);
      word = next();
    }
    if (separates(word)) result += connector;
  };
  while (isRest()) {
    const before = word;
    if (before.kind !== 'connector') write(before);
    word = next();
    if (before.kind === 'number') writeLettersAndNumbers();
    else if (before.kind === 'connector') write(before);
    else if (before.kind !== 'punctuation') {
      if (word.kind !== 'number') {
        if (word.kind !== 'connector' && word.kind !== 'punctuation') result += connector;
        continue;
      }
      if (!isRest()) continue;
      const number = word;
      word = next();
      if (word.kind === 'letters') {
        result += connector;
        write(number);
        writeLettersAndNumbers();
      } else {
        write(number);
        if (word.kind !== 'connector' && word.kind !== 'punctuation') result += connector;
      }
    }
  }
  write(word);
  return result;
}

function lowered(text: string, connector: string): string {
  let result = '';
  for (const one of text) result += isConnector(one) ? connector : isUpper(one) ? lowerLetter(one) : one;
  return result;
}

const isLetter = (one: string | undefined): boolean => one !== undefined && /^\p{L}$/u.test(one);
const isNumber = (one: string): boolean => /^\p{N}$/u.test(one);
const isPunctuation = (one: string): boolean => /^\p{P}$/u.test(one);

function wordsOf(characters: readonly string[]): Word[] {
  const words: Word[] = [];
  for (let at = 0; at < characters.length; ) {
    const kind = kindOf(characters[at]!);
    const end = endOf(characters, at, kind);
    words.push({ kind, text: characters.slice(at, end).join('') });
    at = end;
  }
  return words;
}

function kindOf(one: string): WordKind {
  if (isConnector(one)) return 'connector';
  if (isPunctuation(one)) return 'punctuation';
  if (isUpper(one)) return 'capitals';
  if (isLetter(one)) return 'letters';
  return isNumber(one) ? 'number' : 'other';
}

function endOf(characters: readonly string[], start: number, kind: WordKind): number {
  const run = (from: number, goesOn: (one: string) => boolean): number => {
    let end = from;
    while (end < characters.length && goesOn(characters[end]!)) end += 1;
    return end;
  };
  const isSmall = (one: string): boolean => isLetter(one) && !isUpper(one);
  switch (kind) {
    case 'connector':
      return run(start, isConnector);
    case 'punctuation':
      return run(start, isPunctuation);
    case 'number':
      return run(start, isNumber);
    case 'letters':
      return run(start, isSmall);
    case 'capitals': {
      const end = run(start, isUpper);
      if (end === start + 1) return run(end, isSmall);
      return isLetter(characters[end]) ? end - 1 : end;
    }
    default:
      return run(start, (one) => kindOf(one) === 'other');
  }
}
