import { vendors as registered } from '../../src/api/registry.ts';
import type { Vendors } from '../../src/api/vendor-kind.ts';
import { vendorsTopic } from '../../src/commands/reference/vendors.ts';
import { callLimitLines } from './call-limits.ts';
import { describedBy, topicPage } from './topic.ts';

/** `vendors.md`: the topic, and how many calls each vendor takes, which is measured. */
export async function vendorsPage(vendors: Vendors = registered): Promise<string> {
  return topicPage(vendorsTopic, vendorsTopic.parts(describedBy(vendors)), await callLimitLines(vendors));
}
