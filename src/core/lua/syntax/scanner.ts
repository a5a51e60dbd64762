/** A place in a text, and the line that it is in. */
export class Scanner {
  readonly text: string;
  at = 0;
  line = 1;

  constructor(text: string) {
    this.text = text;
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  /** Goes past what a sticky pattern finds right here. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found) this.to(this.at + found[0].length);
    return found;
  }

  skip(pattern: RegExp): void {
    this.match(pattern);
  }

  take(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.to(this.at + word.length);
    return true;
  }

  to(end: number): void {
    for (let at = this.text.indexOf('\n', this.at); at >= 0 && at < end; at = this.text.indexOf('\n', at + 1)) this.line += 1;
    this.at = end;
  }

  from(start: number): string {
    return this.text.slice(start, this.at);
  }
}
