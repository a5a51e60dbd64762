import { afterAll } from 'vitest';

const warnings: string[] = [];
const remember = (warning: Error): void => void warnings.push(`${warning.name}: ${warning.message}`);
process.on('warning', remember);

afterAll(() => {
  process.off('warning', remember);
  if (warnings.length > 0) throw new Error(`the process warned:\n${warnings.join('\n')}`);
});
