import { vendors } from '../../../src/api/registry.ts';
import { type Vendors, vendorsOf } from '../../../src/api/vendor-kind.ts';
import type { SandboxVendor } from '../../../src/sandbox/vendor.ts';
import { sandboxVendors } from '../../../src/sandbox/vendors.ts';
import { acme } from './api/vendor.ts';
import { acmeSandbox } from './sandbox/index.ts';

/** Every vendor and one that does not exist, as the registries would list it. */
export const vendorsAndAcme: Vendors = vendorsOf([...vendors.values(), acme]);
export const sandboxVendorsAndAcme: readonly SandboxVendor[] = [...sandboxVendors, acmeSandbox];
