/** Where a command writes its lines: what it was asked for, and what it has to say besides. */
export interface Output {
  write(text: string): void;
  warn(text: string): void;
}

export const standardStreams: Output = {
  write: (text) => void process.stdout.write(`${text}\n`),
  warn: (text) => void process.stderr.write(`${text}\n`),
};
