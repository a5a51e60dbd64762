import type { Case } from '../adapter.ts';
import type { Difference } from '../differences.ts';

/** Rows that hold where Argo accepts a spec, or refuses it without a word; its own texts are wanted of us, too. */
export const whereAccepted = (rows: readonly Difference[]): Difference[] =>
  rows.map((row) => ({ ...row, expected: (one) => (one['expect'].error ? {} : row.expected(one)) }));

export const dependenciesOf = ({ kind, spec }: Case): Case[] => (kind === 'Sensor' ? (spec.dependencies ?? []) : []);
export const dataFiltersOf = (one: Case): Case[] => dependenciesOf(one).flatMap(({ filters }) => filters?.data ?? []);
export const templatesOf = ({ kind, spec }: Case): Case[] =>
  kind === 'Sensor' ? (spec.triggers ?? []).flatMap(({ template }: Case) => template ?? []) : [];

/** The entries of a type of event source. */
export const entriesOf = ({ kind, spec }: Case, type: string): Case[] => (kind === 'EventSource' ? Object.values(spec[type] ?? {}) : []);

/** The types that others call by a block `webhook`. */
export const calledTypes = ['github', 'gitlab', 'bitbucket', 'bitbucketserver', 'gerrit', 'slack', 'stripe', 'storageGrid', 'sns'];

/** The first name that was there before. */
export const repeatedIn = (names: readonly string[]): string | undefined =>
  names.find((name, index) => name && names.indexOf(name) < index);
