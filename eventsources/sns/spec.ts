import { z } from 'zod';
import { secretKeySelector } from '../../src/core/access/selectors.ts';
import { error, type Finding, warning } from '../../src/core/errors/finding.ts';
import { hookUrl } from '../called/keep-hooks.ts';
import { calledField } from '../called/spec.ts';
import { filterField, metadataField, required } from '../common-fields.ts';

export const snsSpec = z.strictObject({
  webhook: calledField(),
  topicArn: required('must specify topic arn').describe('The topic. Messages of others are refused.'),
  region: required('must specify region').describe('The region of the topic.'),
  accessKey: secretKeySelector('The access key of an account that may subscribe').optional(),
  secretKey: secretKeySelector('Its secret key').optional(),
  roleARN: z.string().optional().describe('A role that is assumed with those keys.'),
  endpoint: z
    .string()
    .optional()
    .describe('The address of another server that speaks as SNS does. It is believed as Amazon’s own servers are.'),
  validateSignature: z.boolean().default(true).describe('Whether messages must be signed by SNS. In Argo the default is false.'),
  metadata: metadataField(),
  filter: filterField(),
});

export type SnsSpec = z.output<typeof snsSpec>;

export function checkSns({ accessKey, secretKey, endpoint, webhook, topicArn, validateSignature }: SnsSpec): Finding[] {
  const findings: Finding[] = [];
  if (endpoint && !(URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol)))
    findings.push(error('CONFIG_INVALID', ['endpoint'], { problem: `the endpoint ${endpoint} is no http or https URL` }));
  if (webhook.url && (!accessKey || !secretKey)) {
    const problem = 'without accessKey and secretKey the topic is not subscribed to for you';
    const hint = `in the console of SNS: the topic ${topicArn}, Create subscription, protocol HTTPS, endpoint ${hookUrl(webhook.url, webhook.endpoint)}`;
    findings.push(warning('CONFIG_INVALID', ['webhook', 'url'], { problem }, { hint }));
  }
  if (!validateSignature && !webhook.authSecret) {
    const problem = 'signatures are not checked, so anybody who knows the address can post events';
    findings.push(warning('CONFIG_INVALID', ['validateSignature'], { problem }, { hint: 'leave validateSignature out' }));
  }
  return findings;
}
