import { checkLabels, labelSelectorOf } from '../../../eventsources/resource/selectors.ts';
import { resourceSpec } from '../../../eventsources/resource/spec.ts';
import { labelSelector } from '../../../src/cli/local-cluster/selectors/label.ts';
import type { Adapter, Case } from '../adapter.ts';

export const resourceLabels: Adapter = {
  run(one) {
    const { filter } = resourceSpec.parse({ version: 'v1', resource: 'pods', eventTypes: [], filter: { labels: one.selectors } });
    const labels = filter?.labels ?? [];
    if (checkLabels(labels).length > 0) return { selector: null, error: true, matches: [], rejects: [] };
    const selector = labelSelectorOf(labels) ?? '';
    const select = labelSelector(selector);
    const selects = (labels: Case): boolean => select({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', labels } });
    const { matches, rejects } = one.expect as { matches: Case[]; rejects: Case[] };
    return { selector, error: false, matches: matches.filter(selects), rejects: rejects.filter((one) => !selects(one)) };
  },
};
