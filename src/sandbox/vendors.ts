import { cloudcockpit } from './cloudcockpit/index.ts';
import { cloudmore } from './cloudmore/index.ts';
import { interworks } from './interworks/index.ts';
import { lineworks } from './lineworks/index.ts';
import type { SandboxVendor } from './vendor.ts';
import { vmware } from './vmware/index.ts';

/** Every vendor that the sandbox plays, in the order of their ports. */
export const sandboxVendors: readonly SandboxVendor[] = [cloudmore, interworks, vmware, lineworks, cloudcockpit];
