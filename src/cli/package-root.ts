import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this package, where package.json lies; the program runs from its sources, from compiled modules or from its bundle below. */
export function packageRoot(from: string = import.meta.dirname): string {
  const above = dirname(from);
  return existsSync(join(from, 'package.json')) || above === from ? from : packageRoot(above);
}
