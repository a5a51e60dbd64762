import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of an example: seen from the sources, or from the build. */
export function exampleFolder(name: string): string {
  const folders = ['../..', '../../..'].map((up) => join(import.meta.dirname, up, 'examples', name));
  return folders.find((folder) => existsSync(folder))!;
}
