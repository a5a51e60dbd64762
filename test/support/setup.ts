import { afterAll } from 'vitest';

const warnings: string[] = [];
process.on('warning', (warning) => warnings.push(`${warning.name}: ${warning.message}`));

afterAll(() => {
  const seen = warnings.splice(0);
  if (seen.length > 0) throw new Error(`the process warned:\n${seen.join('\n')}`);
});
